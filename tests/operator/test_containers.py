"""The container files say what operators may rely on. Nothing is built here: the suite needs no Docker daemon."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

from tests.operator.test_docs import SETTINGS

HOME = Path(__file__).parents[2]
DOCKERFILE = (HOME / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
STEPS = [line.split(maxsplit=1) for line in DOCKERFILE.splitlines() if re.match(r"[A-Z]+ ", line)]
LAST_STAGE = STEPS[max(number for number, step in enumerate(STEPS) if step[0] == "FROM") :]
COMPOSE = yaml.safe_load((HOME / "compose.yaml").read_text(encoding="utf-8"))
CI = yaml.safe_load((HOME / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))


def steps(word: str, stage: list[list[str]] = STEPS) -> list[str]:
    """What stands behind a word of the Dockerfile."""
    return [step[1] for step in stage if step[0] == word]


def settings() -> dict[str, str]:
    """The image's environment."""
    return dict(re.findall(r"(\w+)=(\S+)", " ".join(steps("ENV", LAST_STAGE))))


def pythons() -> list[str]:
    """The versions on which the hosted CI runs the suite."""
    return [str(version) for version in CI["jobs"]["suite"]["strategy"]["matrix"]["python"]]


def test_the_image_runs_as_somebody_without_rights_and_keeps_its_data_in_a_volume() -> None:
    assert [re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user) is not None for user in steps("USER", LAST_STAGE)] == [True]
    assert steps("VOLUME", LAST_STAGE) == [settings()["TINBAO_DATA_DIR"]]
    assert steps("EXPOSE", LAST_STAGE) == [settings()["TINBAO_PORT"]]


def test_its_health_is_asked_at_an_address_that_there_is() -> None:
    (asked,) = steps("HEALTHCHECK", LAST_STAGE)
    address = re.search(r"http://127\.0\.0\.1:(\d+)(/[a-z/]+)", asked)
    assert address is not None and address[1] == settings()["TINBAO_PORT"]
    assert any(f'Route("{address[2]}"' in file.read_text("utf-8") for file in (HOME / "bot").rglob("*.py"))


def test_it_is_built_from_named_versions_with_hashes_and_from_files_that_there_are() -> None:
    assert re.fullmatch(r"PYTHON=3\.\d+", steps("ARG")[0])
    for image in steps("FROM"):
        assert re.fullmatch(r"python:\$\{PYTHON\}-slim-[a-z]+( AS \w+)?", image)
    assert steps("ARG")[0].removeprefix("PYTHON=") in pythons()
    assert "--require-hashes -r requirements.txt" in DOCKERFILE
    copied = [words.split()[:-1] for words in steps("COPY") if not words.startswith("--from=")]
    assert all((HOME / source).exists() for sources in copied for source in sources)


def test_no_key_is_in_it_and_what_is_let_in_is_listed() -> None:
    assert set(settings()) <= SETTINGS | {"PATH", "PYTHONUNBUFFERED"}
    assert not re.search(r"SECRET|TOKEN|PASSWORD", " ".join(settings()))
    first, *let_in = [line for line in (HOME / ".dockerignore").read_text("utf-8").splitlines() if line[:1] in "*!"]
    assert first == "*"
    names = {line[1:] for line in let_in if line.startswith("!")}
    tools = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["tool"]
    rooms = set(tools["importlinter"]["root_packages"])
    assert names == rooms | {"pyproject.toml", "requirements.txt", "README.md", "LICENSE"}


def test_only_this_machine_reaches_the_services_and_every_key_comes_from_the_settings_file() -> None:
    ours, database = COMPOSE["services"]["tinbao"], COMPOSE["services"]["database"]
    assert ours["env_file"] == ".env"
    assert [port.rpartition(":")[0].partition(":")[0] for port in ours["ports"]] == ["127.0.0.1"]
    assert "ports" not in database and re.fullmatch(r"postgres:\d+-[a-z]+", database["image"])
    assert database["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert "${POSTGRES_PASSWORD:?" in ours["environment"]["TINBAO_DATABASE_URL"]
    assert {name for name in ours["environment"] if name.startswith("TINBAO_")} <= SETTINGS


def test_the_database_is_waited_for_and_what_must_last_is_on_volumes() -> None:
    ours, database = COMPOSE["services"]["tinbao"], COMPOSE["services"]["database"]
    assert ours["depends_on"] == {"database": {"condition": "service_healthy"}} and "healthcheck" in database
    mounted = [mount.split(":") for service in (ours, database) for mount in service["volumes"]]
    assert {name for name, _ in mounted} == set(COMPOSE["volumes"])
    assert settings()["TINBAO_DATA_DIR"] in {place for _, place in mounted}


def test_the_hosted_ci_runs_the_same_checks_on_every_python_that_the_docs_name() -> None:
    runs = [step["run"] for job in CI["jobs"].values() for step in job["steps"] if "run" in step]
    assert runs == ["bash .ci/run", "make mutants"]
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == f">={pythons()[0]}"
    assert [name.rpartition(" ")[2] for name in project["classifiers"] if "Python :: 3." in name] == pythons()
    for paper in ("README.md", "README.vi.md"):
        assert f"{pythons()[0]}–{pythons()[-1]}" in (HOME / paper).read_text("utf-8")


def test_what_runs_before_a_commit_is_what_make_lint_runs_out_of_our_own_environment() -> None:
    (repo,) = yaml.safe_load((HOME / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert repo["repo"] == "local"
    lint = re.search(r"(?m)^lint:.*\n((?:\t.*\n)+)", (HOME / "Makefile").read_text("utf-8"))
    assert lint is not None
    tools = re.findall(r"\$\(BIN\)/(ruff \w+|[\w-]+)", lint[1])
    assert [hook["entry"].removeprefix(".venv/bin/").partition(" --")[0] for hook in repo["hooks"]] == tools
