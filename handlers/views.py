"""Build the views of a tip or a case that cards and receipts are made from."""

from __future__ import annotations

from collections.abc import Sequence

from core.case import Case
from core.messages import MediaKind
from core.tip import Tip
from core.triage.spot import names_spot
from core.views import CaseView, TipView
from handlers.work import Work
from storage import case_files, tips
from storage.case_files import CaseFile

CLOSE_CALL = 0.2
"""When the probabilities of the two likeliest kinds differ by less, the reporter is asked which it is."""


def case_file(work: Work, case: Case) -> CaseFile:
    """The file of a case, read once for each version of the case within a transaction."""
    known = work.files.get(case.id)
    if known is None or known.case != case:
        known = work.files[case.id] = case_files.open_file(work.db, work.context.vault, case)
    return known


def keep_file(work: Work, file: CaseFile) -> None:
    """Cache a case's file, so that this transaction does not read it again."""
    work.files[file.case.id] = file


def case_view(work: Work, case: Case) -> CaseView:
    """A case as its officers see it."""
    file, places = case_file(work, case), work.context.places
    open_to = next((tip for tip in file.tips if not tip.anonymous), None)
    return CaseView(
        case=case,
        code=file.tips[0].code if file.tips else f"#{case.id}",
        commune_name=places.label(case.commune) if case.commune else "",
        said=file.said,
        photos=file.media.get(MediaKind.PHOTO, 0),
        voices=file.media.get(MediaKind.VOICE, 0),
        videos=file.media.get(MediaKind.VIDEO, 0),
        files=file.media.get(MediaKind.FILE, 0),
        point=next((tip.point for tip in file.tips if tip.point), None),
        owner_name=file.owner_name,
        anonymous=open_to is None,
        reachable_by=open_to.reachable_by if open_to else "",
        reporters=max(len(file.tips), 1),
        withdrawn=bool(file.tips) and all(tip.withdrawn for tip in file.tips),
        waiting_for_answer=any(tip.waiting_for_answer for tip in file.tips),
        merged_code=file.merged_code,
        look_alikes=file.look_alikes,
    )


def tip_view(work: Work, tip: Tip, *, new_place: bool = False, told: Sequence[str] | None = None) -> TipView:
    """A tip as its reporter sees it. `told` are their words; None: they are read from the database."""
    reading, case, places = tip.reading, tip.case, work.context.places
    guesses = reading.guesses
    sure = len(guesses) < 2 or guesses[0][1] - guesses[1][1] >= CLOSE_CALL or reading.confirmed
    said = told
    if said is None:
        said = tips.words_of(work.db, work.context.vault, [tip.id]).get(tip.id, [])
    candidates = reading.communes if case.commune is None else ()
    return TipView(
        id=tip.id,
        code=tip.code,
        category=case.category,
        urgency=case.urgency,
        commune=case.commune,
        commune_name=places.label(case.commune) if case.commune else "",
        received_at=tip.received_at,
        call=work.context.rules.hotlines.to_call(case.category),
        open=case.is_open,
        taken=case.is_worked,
        outcome=case.outcome,
        sure=sure,
        guesses=tuple(guess for guess, _ in guesses[:3]),
        communes=tuple((code, places.label(code)) for code in candidates[:5]),
        anonymous=tip.anonymous,
        withdrawn=tip.withdrawn,
        has_text=any(said),
        place_known=bool(tip.point or reading.place_said or any(names_spot(words) for words in said)),
        new_place=new_place,
    )
