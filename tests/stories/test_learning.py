"""Officers' corrections train the model, and the deployment's own names of places are known from the next start on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.build import build_runtime
from bot.app.settings import WrongSetting, read_settings
from bot.cli.learn import learn_anew
from core.triage.proposal import Category, PlaceState
from plans.triage import learnt_model
from tests.stories.town import NEIGHBOUR, Town, card, press, says

ODD = "quán nét đầu làng Ninh Khánh phường Nếnh cho học sinh quay thóc số {n}, đêm nào cũng đông"
"""A local way to say what no shipped message says."""
ALIASES = """
aliases:
  - {name: chợ Ba Cây, communes: ["07795"]}
"""


async def test_a_correction_is_kept_sealed_and_few_are_not_enough_to_learn_from(town: Town) -> None:
    officer, resident = await town.police("An"), await town.resident()
    resident.says(ODD.format(n=1))
    press(officer, await officer.hears(card), "Sửa phân loại")
    press(officer, await officer.hears(lambda seen: "Cờ bạc" in seen.labels), "Cờ bạc")
    await officer.hears(lambda seen: card(seen) and "Cờ bạc" in seen.text)
    said: list[str] = []
    assert await learn_anew(town.runtime, said.append) == 0
    assert said[0].startswith("1 corrections of category or urgency, 0 of the commune only")
    assert "Too few corrections" in said[-1]
    assert not learnt_model(town.runtime.settings.data_dir).exists()


async def test_a_case_that_an_officer_passes_on_teaches_the_place(town: Town) -> None:
    officer, other = await town.police("An"), await town.police("Binh", NEIGHBOUR)
    resident = await town.resident()
    resident.says(ODD.format(n=1))
    press(officer, await officer.hears(card), "Không thuộc mình")
    await officer.hears(says("thuộc xã, phường nào"))
    officer.says("việt yên")
    await other.hears(card)
    said: list[str] = []
    await learn_anew(town.runtime, said.append)
    assert said[0].startswith("0 corrections of category or urgency, 1 of the commune only")


async def test_a_deployment_knows_its_own_names_of_places(key: str, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(ALIASES, encoding="utf-8")
    settings = read_settings(_env_file=None, data_dir=tmp_path, secret_key=key, commune="07795", aliases=str(own))
    runtime = await build_runtime(settings)
    try:
        place = runtime.context.triage.propose("đánh nhau ở chợ Ba Cây", province="24").place
    finally:
        await runtime.close()
    assert (place.state, place.communes) == (PlaceState.SURE, ("07795",))


@pytest.mark.parametrize(
    ("setting", "content", "words"),
    [
        ("aliases", 'aliases:\n  - {name: chợ Ba Cây, communes: ["99999"]}\n', r"own\.file:2"),
        ("polygons", "{}", r"own\.file: this is no GeoJSON"),
        ("faq", "questions:\n  - {id: x}\n", r"own\.file:2"),
        ("places", "not a gazetteer", "own|places"),
        ("faq", None, "TINBAO_FAQ"),
        ("aliases", None, "TINBAO_ALIASES"),
    ],
)
async def test_a_broken_file_of_the_operators_is_told_with_its_line_and_nothing_starts(
    setting: str, content: str | None, words: str, key: str, tmp_path: Path
) -> None:
    own = tmp_path / "own.file"
    if content is not None:
        own.write_text(content, encoding="utf-8")
    settings = read_settings(_env_file=None, data_dir=tmp_path, secret_key=key, **{setting: str(own)})
    with pytest.raises(WrongSetting, match=words):
        await build_runtime(settings)


async def test_a_damaged_learnt_model_is_reported_with_the_remedy(key: str, tmp_path: Path) -> None:
    file = learnt_model(tmp_path)
    file.parent.mkdir()
    file.write_bytes(b"half a model")
    with pytest.raises(WrongSetting, match=r"delete it \(the shipped model is used then\) or run `tinbao learn` again"):
        await build_runtime(read_settings(_env_file=None, data_dir=tmp_path, secret_key=key))


async def test_enough_corrections_change_what_is_understood(key: str, tmp_path: Path) -> None:
    from plans.learn import Correction, learn_from

    corrections = [Correction(ODD.format(n=n), Category.GAMBLING.value) for n in range(40)]
    report = learn_from(corrections, tmp_path)
    assert report.live and report.taught == 40
    runtime = await build_runtime(read_settings(_env_file=None, data_dir=tmp_path, secret_key=key, commune="07795"))
    try:
        after = runtime.context.triage.propose(ODD.format(n=99), province="24")
    finally:
        await runtime.close()
    assert after.category is Category.GAMBLING
