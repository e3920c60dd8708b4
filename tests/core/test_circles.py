"""No file imports one that imports it, not even late or by a détour; and what each channel's folder may know."""

from __future__ import annotations

import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from bot.app.channels import channels

ROOT = Path(__file__).parents[2]
ROOMS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["root_packages"]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """All imports, those inside of functions too. What only the type checker reads is left out."""
    return grimp.build_graph(*ROOMS, exclude_type_checking_imports=True, cache_dir=None)


def test_no_file_imports_one_that_imports_it(graph: grimp.ImportGraph) -> None:
    imports = {file: graph.find_modules_directly_imported_by(file) for file in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" ← ".join(error.args[1]))


def test_a_channel_knows_neither_another_channel_nor_the_process_that_it_runs_in(graph: grimp.ImportGraph) -> None:
    """As the contract of the wings says, for folders that nobody has listed there, too."""
    folders = {f"bot.{folder.name}" for folder in channels()}
    above = {"bot.app", "bot.cli", "bot.demo"}
    for folder in folders:
        mine = {file for file in graph.modules if file == folder or file.startswith(f"{folder}.")}
        known = {
            ".".join(other.split(".")[:2]) for file in mine for other in graph.find_modules_directly_imported_by(file)
        }
        assert not known & (folders | above) - {folder}


def test_nothing_but_a_channels_folder_and_the_demo_names_a_channel(graph: grimp.ImportGraph) -> None:
    """The demo is played in the web chat."""
    folders = {f"bot.{folder.name}" for folder in channels()}
    for file in graph.modules:
        if not file.startswith((*folders, "bot.demo")):
            named = {
                other for other in graph.find_modules_directly_imported_by(file) if other.startswith(tuple(folders))
            }
            assert not named, file


def test_the_root_of_bot_holds_nothing_but_its_wings() -> None:
    assert {file.name for file in (ROOT / "bot").glob("*.py")} == {"__init__.py", "__main__.py"}
