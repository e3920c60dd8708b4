"""Rules between the packages that an import contract cannot express."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def files(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    """The Python files of some rooms."""
    for room in rooms:
        for file in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file.relative_to(ROOT), ast.parse(file.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(module, name) of each `from module import name`, and (module, "") of each `import module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def test_only_the_table_of_states_speaks_of_single_states() -> None:
    guilty = [
        f"{path}:{node.lineno}"
        for path, tree in files("bot", "console", "core", "handlers", "scheduler", "storage", "web")
        if path != Path("core/states.py") and ("core.states", "State") in set(imports(tree))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "State"
    ]
    assert not guilty, "ask the case (is_open, waits_for_taker, …) instead"


def test_use_cases_write_no_sql() -> None:
    guilty = [
        f"{path}: {module}.{name}"
        for path, tree in files("handlers")
        for module, name in imports(tree)
        if (module.split(".")[0] == "sqlalchemy" and name != "Connection") or module.startswith("storage.tables")
    ]
    assert not guilty


def test_use_cases_know_no_chat_message() -> None:
    """What a page, the clock and a command call: everything in `handlers/` but its wing `chat/` and the way in."""
    chat = {"Inbound", "Hearing", "Command"}
    guilty = [
        f"{path}: {name}"
        for path, tree in files("handlers")
        if path.parent == Path("handlers") and path.name != "hear.py"
        for module, name in imports(tree)
        if name in chat or module.startswith(("handlers.chat", "core.conversation.commands"))
    ]
    assert not guilty


def test_one_door_writes_cases() -> None:
    """`storage.cases.save` and `add` have one caller."""
    callers = {
        path
        for path, tree in files("bot", "console", "handlers", "scheduler", "storage", "web")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("save", "add")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("rows", "cases")
        and ("storage", "cases") in set(imports(tree))
    }
    assert callers == {Path("handlers/cases.py")}


def test_no_untyped_row_leaves_storage() -> None:
    """A function that others may call neither returns `Any` nor is given it as a row."""
    guilty = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in files("storage", "handlers")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
        for annotation in [node.returns, *(argument.annotation for argument in node.args.args)]
        if annotation is not None and re.fullmatch(r"Any( \| None)?", ast.unparse(annotation))
    ]
    allowed = {
        "from_row",
        "recipient",
        "resolve",
        "run",
        "insert_if_new",
        "value",
        "process_bind_param",
        "prepare",
        "open_json",
        "seal_json",
    }
    assert [name for name in guilty if name.split()[-1] not in allowed] == []


MISSPELT = """
from sqlalchemy import Connection
from core.ids import CaseId, ContactId
from storage import cases, tips, timers
from storage.vault import Vault

def wrong(db: Connection, vault: Vault) -> None:
    case = cases.by_id(db, CaseId(1))
    assert case is not None
    case.rooted
    case.state.taken
    cases.by_id(db, ContactId(1))
    for tip in tips.of_case(db, vault, case.id):
        tip.cod
        tip.reading.accussed
"""


@pytest.mark.long
def test_a_misspelt_field_is_an_error_of_the_type_checker(tmp_path: Path) -> None:
    file = tmp_path / "misspelt.py"
    file.write_text(MISSPELT, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    for wrong in (
        '"Case" has no attribute "rooted"',
        '"State" has no attribute "taken"',
        '"Tip" has no attribute "cod"',
    ):
        assert wrong in said, said
    assert '"Reading" has no attribute "accussed"' in said
    assert 'incompatible type "ContactId"; expected "CaseId"' in said
