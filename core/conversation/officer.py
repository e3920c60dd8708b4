"""A duty officer works a case by buttons, and types questions, communes and codes."""

from __future__ import annotations

from core.codes import find_code
from core.conversation.button_ids import id_in
from core.conversation.commands import (
    ActOnCase,
    AskReporter,
    CaseMenu,
    CloseCase,
    CorrectCase,
    PassOn,
    SameCase,
    ShowCases,
    TakeCase,
)
from core.conversation.person import ConversationState, Person, Step
from core.conversation.turn import Turn, do, reply
from core.messages import Inbound
from core.replies import Reply, say
from core.say import Say
from core.states import ONE_PRESS, Action, Outcome
from core.triage.proposal import Category, Urgency


def presses(person: Person, rest: str) -> Turn | None:
    """A button of a case: `<case>:<verb>[:<argument>]`. None for one that means nothing."""
    id_part, _, verb_and = rest.partition(":")
    verb, _, argument = verb_and.partition(":")
    case = id_in(id_part)
    if case is None:
        return None
    match verb:
        case "take":
            return do(TakeCase(case))
        case "ask" | "notours":
            step = Step.QUESTION if verb == "ask" else Step.WHOSE
            return do(CaseMenu(case, verb), then=ConversationState(step, {"case": case}))
        case "close" | "fix" | "show" | "card":
            return do(CaseMenu(case, verb))
        case "same" | "differ" if (other := id_in(argument)) is not None:
            return do(SameCase(case, other, verb == "same"))
        case "province":
            return do(PassOn(case))
        case "to" if len(argument) == 5 and id_in(argument) is not None:
            return do(PassOn(case, to=argument))
        case "q" if (ready := id_in(argument)) is not None:
            return do(AskReporter(case, ready=ready))
        case "end" if argument == Outcome.DUPLICATE:
            return do(CaseMenu(case, "same"), then=ConversationState(Step.SAME_AS, {"case": case}))
        case "end" if argument in set(Outcome):
            return do(CloseCase(case, Outcome(argument)))
        case "cat" if argument in set(Category) - {Category.NOT_A_TIP}:
            return do(CorrectCase(case=case, category=Category(argument)))
        case "urg" if argument in set(Urgency):
            return do(CorrectCase(case=case, urgency=Urgency(argument)))
    return do(ActOnCase(case, Action(verb))) if verb in ONE_PRESS else None


def says(person: Person, state: ConversationState, heard: Inbound) -> Turn:
    """The turn for words that a button asked for."""
    case = int(state.draft["case"])
    if not heard.text:
        return reply(Reply(lines=(say(Say.WORDS_PLEASE),), wants_answer=True), then=None)
    match state.step:
        case Step.QUESTION:
            return do(AskReporter(case, words=heard.text[:1000]))
        case Step.WHOSE:
            return do(PassOn(case, to=heard.text[:200]), then=None)
        case Step.SAME_AS:
            code = find_code(heard.text)
            if code is None:
                return reply(Reply(lines=(say(Say.CODE_MALFORMED),), wants_answer=True), then=None)
            return do(CloseCase(case, Outcome.DUPLICATE, same_as=code))
        case _:
            return do(ShowCases())
