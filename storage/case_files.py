"""A case with everything that its card shows, read once and decrypted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from core.case import Case
from core.ids import CaseId
from core.messages import MediaKind
from core.tip import Tip
from storage import cases, contacts, likeness, tips
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """`tips` came with the case, oldest first, and stay in the file after the case has joined another one. `said` are
    the reporters' words, oldest first. `merged_code` is the receipt code of the case that it has joined in the end, ""
    for none. `look_alikes` are (case id, code) of open cases that may be the same event, while nobody has decided."""

    case: Case
    tips: tuple[Tip, ...]
    said: tuple[str, ...]
    media: Mapping[MediaKind, int]
    owner_name: str = ""
    merged_code: str = ""
    look_alikes: tuple[tuple[CaseId, str], ...] = ()


def open_file(db: Connection, vault: Vault, case: Case) -> CaseFile:
    """The present file of a case."""
    end = _in_which_it_lives_on(db, case)
    joined = tips.of_case(db, vault, end.id) if end is not None else ()
    own = tuple(tip for tip in joined if tip.joined_from == case.id) or tips.of_case(db, vault, case.id)
    ids = [tip.id for tip in own]
    parts = tips.parts(db, vault, ids)
    return CaseFile(
        case=case,
        tips=own,
        said=tuple(part.text for part in parts if part.kind in tips.SAID_BY_REPORTER and part.text),
        media=tips.media_counts(db, ids),
        owner_name=contacts.name_of(db, vault, case.owner),
        merged_code=next((tip.code for tip in joined if tip.joined_from != case.id), ""),
        look_alikes=likeness.best(db, vault, case) if case.is_open else (),
    )


def _in_which_it_lives_on(db: Connection, case: Case) -> Case | None:
    """The last in the chain of cases that it joined; None when it joined none."""
    end: Case | None = None
    following = case.merged_into
    while following is not None:
        found = cases.by_id(db, following)
        if found is None:
            break
        end, following = found, found.merged_into
    return end
