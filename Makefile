# The commands for this repository. Each of them runs `make setup` by itself if it needs it.
.PHONY: setup setup-dev demo run test check lint cover mutants picture odd-days bench bench-triage lock clean
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
# Per cent of our own lines and branches that the tests must run.
COVERED := 94
SOURCES := $(shell find . -name '*.py' -not -path './.*' -not -path './build/*')

help:            ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.run            ## make .venv with all that running needs
setup-dev: $(VENV)/.dev        ## the same, and all that testing needs

$(VENV)/bin/pip:
	sh deploy/make_venv.sh $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

demo: setup      ## three chats talking in your browser
	$(BIN)/tinbao demo

run: setup       ## the real thing, with the settings of .env
	$(BIN)/tinbao run

test: setup-dev  ## all tests, on both databases; records their coverage for `cover`
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal --cov --cov-report= || { rm -f build/coverage; exit 1; }

check: lint cover ## what must pass before a commit: lint, and enough coverage

lint: setup-dev  ## style, types and the import rules between the packages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

cover: setup-dev build/coverage ## how much of the code `make test` ran; runs it if something changed since
	$(BIN)/coverage report --skip-covered --sort=cover --fail-under=$(COVERED)

build/coverage: $(SOURCES)
	$(MAKE) test

mutants: setup-dev ## do the tests notice small faults? two hours at most; FILES=core/access.py takes a minute
	$(BIN)/python -m tests.mutants $(FILES)

picture: setup-dev ## redraw docs/architecture.svg
	$(BIN)/python deploy/make_architecture.py

ODD_DAYS = 2027-01-01T00:30 2028-02-29T09:00 2026-12-31T23:59 2027-02-06T08:00 2026-12-01T03:00 2027-03-01T19:30

odd-days: setup-dev ## the stories at New Year, on a leap day, at Tet, at three in the night
	for day in $(ODD_DAYS); do echo "$$day" && TINBAO_TESTS_AT="$$day+07:00" \
	  $(BIN)/python -m pytest -n auto --maxprocesses 4 tests/stories -k "sqlite and telegram" || exit 1; done

bench: setup-dev ## speed, beside a floor measured in the same run
	$(BIN)/python -m bench

bench-triage: setup-dev ## how well tips are understood
	$(BIN)/python -m bench.triage

lock: | $(VENV)/bin/pip  ## resolve the versions again (hashes, no addresses)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet deploy/build.in pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet deploy/build.in pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

clean:           ## remove the virtual environment and the demo
	rm -rf $(VENV) data/demo
