"""A resident reports. The first message may already be the tip; the bot asks only for what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from core.codes import find_code
from core.conversation.button_ids import id_in
from core.conversation.commands import (
    AddToTip,
    CorrectTip,
    FileTip,
    LetContact,
    ShowTip,
    SplitTip,
    TipMenu,
    WithdrawTip,
)
from core.conversation.person import ConversationState, OpenTip, Person, Step
from core.conversation.questions import FindAnswer, asks, help_instead
from core.conversation.turn import Turn, do, reply
from core.messages import Inbound
from core.replies import Reply, say
from core.say import Say
from core.triage.proposal import Category, Proposal, Urgency

STILL_THE_SAME: Final = timedelta(minutes=30)
"""A message this soon after the reporter's last one belongs to the same tip, unless triage is sure of another kind."""
LATE_ALBUM: Final = timedelta(hours=1)
ANOTHER_MATTER: Final = 0.6
"""Probability. From here on an addition of another kind becomes a tip of its own."""
DETAIL_WORDS: Final = 6
"""Words. A message of at most this many after a tip is a detail of it."""
SURELY_CHAT: Final = 0.9
MENUS: Final = frozenset({"fixcat", "cats", "fixplace", "fixurg", "withdraw", "contact", "ok", "add", "keep"})

Understand = Callable[[str], Proposal]
"""Triage of a text. The deployment's province and the person's commune are bound to it already."""


def says(
    person: Person, state: ConversationState, heard: Inbound, understand: Understand, now: datetime, answer: FindAnswer
) -> Turn:
    """Words, media or a place from somebody who reports."""
    tip = person.tip
    if not (heard.text or heard.media or heard.place):
        return reply(Reply(lines=(say(Say.CANNOT_READ),)), then=None)
    if heard.edits and tip is not None and tip.open:
        return do(AddToTip(tip=tip.id, text=heard.text, place=heard.place, quiet=True), then=None)
    if heard.album and tip is not None and tip.album == heard.album and now - tip.touched_at <= LATE_ALBUM:
        return _add(tip, heard, understand, quiet=not heard.text)
    if state.step is Step.ANSWER:
        act = AddToTip(tip=int(state.draft["tip"]), text=heard.text, place=heard.place, media=heard.media, answer=True)
        return do(act)
    if state.step is Step.ADD and tip is not None and tip.id == state.draft["tip"]:
        return _add(tip, heard, understand, quiet=False)
    if state.step is Step.CODE and not heard.media:
        code = find_code(heard.text)
        if code is not None:
            return do(ShowTip(code))
    if state.step is Step.REACHED_BY and heard.text and len(heard.text) <= 200:
        return do(LetContact(int(state.draft["tip"]), heard.text))
    return _tells(person, state, heard, understand, now, answer)


def _tells(
    person: Person, state: ConversationState, heard: Inbound, understand: Understand, now: datetime, answer: FindAnswer
) -> Turn:
    proposal = understand(heard.text) if heard.text else None
    tip = person.tip
    if (
        tip is not None
        and tip.open
        and now - tip.touched_at <= STILL_THE_SAME
        and not _another(tip, heard.text, proposal)
    ):
        if proposal is not None and _surely_no_tip(state, heard, proposal):
            if answer(heard.text) is not None:
                return help_instead(heard, answer, proposal)
            if _only_chat(heard):
                return reply(Reply(lines=(say(Say.YOU_ARE_WELCOME),)), then=None)
        return _add(tip, heard, understand, quiet=person.quiet, asked_where=state.step is Step.PLACE)
    if proposal is not None and not proposal.is_tip and not heard.media and not heard.place:
        return help_instead(heard, answer, proposal)
    act = FileTip(text=heard.text, proposal=proposal, place=heard.place, media=heard.media, album=heard.album)
    return do(act)


def _add(tip: OpenTip, heard: Inbound, understand: Understand, *, quiet: bool, asked_where: bool = False) -> Turn:
    act = AddToTip(
        tip=tip.id,
        text=heard.text,
        proposal=understand(heard.text) if heard.text else None,
        place=heard.place,
        media=heard.media,
        quiet=quiet,
        asked_where=asked_where,
    )
    return do(act)


def _another(tip: OpenTip, text: str, proposal: Proposal | None) -> bool:
    """Whether a message starts a new tip: triage is sure of another kind, and it would be a case of its own. A few
    words after a tip belong to it ("a red bike, plate …"), unless they are an emergency."""
    if proposal is None or not proposal.is_tip or not tip.has_text:
        return False
    if len(text.split()) <= DETAIL_WORDS and proposal.urgency is not Urgency.EMERGENCY:
        return False
    best = proposal.guesses[0]
    if best.category in (tip.category, Category.OTHER) or best.confidence < ANOTHER_MATTER:
        return False
    return tip.category not in {guess.category for guess in proposal.guesses[1:] if guess.confidence >= 0.2}


def _surely_no_tip(state: ConversationState, heard: Inbound, proposal: Proposal) -> bool:
    """Words after a tip that say nothing more of it, while nothing was asked."""
    if state.step is not Step.IDLE or heard.media or heard.place or proposal.is_tip:
        return False
    if proposal.if_tip is Urgency.EMERGENCY:
        return False
    return proposal.guesses[0].confidence >= SURELY_CHAT


def _only_chat(heard: Inbound) -> bool:
    """A "thank you" after a tip. Anything that might be a detail (a plate, a name of a lane) is kept instead."""
    return len(heard.text) <= 40 and not any(letter.isdigit() for letter in heard.text)


def presses(person: Person, state: ConversationState, rest: str, heard: Inbound) -> Turn | None:
    """A button of a tip: `<tip>:<verb>[:<argument>]`. None for one that means nothing."""
    id_part, _, verb_and = rest.partition(":")
    verb, _, argument = verb_and.partition(":")
    tip = id_in(id_part)
    if tip is None:
        return None
    if verb == "istip" and state.step is Step.MAYBE:
        return do(FileTip(text=str(state.draft["text"]), proposal=None))
    if verb == "ask":
        return asks(state)
    if verb in MENUS:
        return do(TipMenu(tip, verb), then=None)
    match verb:
        case "cat" if argument in set(Category) - {Category.NOT_A_TIP}:
            return do(CorrectTip(tip=tip, category=Category(argument)), then=None)
        case "urg" if argument in set(Urgency):
            return do(CorrectTip(tip=tip, urgency=Urgency(argument)), then=None)
        case "com" if len(argument) == 5 and id_in(argument) is not None:
            return do(CorrectTip(tip=tip, commune=argument))
        case "show":
            return do(TipMenu(tip, "show"), then=None)
        case "withdraw!":
            return do(WithdrawTip(tip))
        case "split":
            return do(SplitTip(tip))
        case "anon":
            return do(LetContact(tip, None))
        case "chat":
            return do(LetContact(tip, ""))
    return None
