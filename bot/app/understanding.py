"""Load what messages are understood with: the model, local names, polygons, questions and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.app.settings import Settings, WrongSetting
from core.hotlines import Hotlines
from core.triage.faq import Faq, Questions
from core.triage.gazetteer import BadPlaces
from core.triage.understand import BadModel, Triage
from plans.aliases import BadAliases
from plans.faq import BadFaq, load_faq
from plans.triage import BadPolygons, learnt_model, load_triage


def configured_triage(settings: Settings) -> Triage:
    """Triage with what the operator and `tinbao learn` have added. Raises `WrongSetting` naming file and remedy."""
    try:
        return triage_of(settings.data_dir, settings.aliases, settings.polygons, settings.places)
    except (BadAliases, BadPolygons, BadPlaces, BadModel) as wrong:
        raise WrongSetting(str(wrong)) from None
    except OSError as wrong:
        raise WrongSetting(_unreadable("TINBAO_ALIASES, TINBAO_POLYGONS or TINBAO_PLACES", wrong)) from None


def triage_of(data_dir: Path, aliases: str, polygons: str, places: str) -> Triage:
    """Triage from the values of the settings. Raises what `load_triage` raises."""
    return load_triage(
        [Path(name.strip()) for name in aliases.split(",") if name.strip()],
        polygons=Path(polygons) if polygons else None,
        places=Path(places) if places else None,
        model=learnt_model(data_dir),
    )


def configured_questions(settings: Settings) -> Questions:
    """The commune's own questions and answers, or the shipped ones. Raises `WrongSetting`."""
    try:
        return load_faq(Path(settings.faq) if settings.faq else None)
    except BadFaq as wrong:
        raise WrongSetting(str(wrong)) from None
    except OSError as wrong:
        raise WrongSetting(_unreadable("TINBAO_FAQ", wrong)) from None


def configured_answer(questions: Questions, hotlines: Hotlines) -> Callable[[str], Faq | None]:
    """A function from a text to the list's answer with the plan's hotline numbers filled in, or None."""

    def answer(text: str) -> Faq | None:
        found = questions.answer(text)
        return replace(found, answer=hotlines.filled_in(found.answer)) if found is not None else None

    return answer


def _unreadable(setting: str, wrong: OSError) -> str:
    return f"{setting}: {wrong.filename or wrong} cannot be read ({wrong.strerror or 'damaged'})"
