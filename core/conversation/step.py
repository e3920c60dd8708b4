"""The entry point of a conversation: chooses the step for a message."""

from __future__ import annotations

from datetime import datetime

from core.access import Permission
from core.activity_kinds import SHIPPED, Kinds
from core.conversation import leader, officer, questions, resident, typed
from core.conversation.commands import MoveChat, SetReachable
from core.conversation.person import ConversationState, Person, Step
from core.conversation.questions import FindAnswer
from core.conversation.resident import Understand
from core.conversation.turn import IDLE, Turn, do, reply
from core.messages import Inbound, Notice
from core.replies import Reply, say
from core.say import Say

OFFICER_STEPS = frozenset({Step.QUESTION, Step.WHOSE, Step.SAME_AS})
WANT_WORDS = OFFICER_STEPS | {
    Step.REPLY,
    Step.ASK_POLICE,
    Step.ANSWER,
    Step.REACHED_BY,
    Step.ACTIVITY,
    Step.FIX_ACTIVITY,
}


def step(
    person: Person,
    state: ConversationState,
    heard: Inbound,
    understand: Understand,
    now: datetime,
    answer: FindAnswer = lambda _: None,
    kinds: Kinds = SHIPPED,
) -> Turn:
    """One step. Pure: the same arguments give the same turn. `answer` is the commune's list of questions, `kinds` are
    the kinds of group work of the plan in force."""
    if heard.notice is not None:
        return _notice(heard)
    if heard.button:
        return _button(person, state, heard, kinds)
    if heard.in_group:
        return _in_group(person, state, heard, kinds)
    # Where we asked for words, a plain "ok" or a code is the answer; only a slash still means a command.
    command = typed.read(heard.text) if heard.text.startswith("/") or state.step not in WANT_WORDS else None
    if command is not None:
        return typed.run(person, state, command)
    if state.step in OFFICER_STEPS and person.can(Permission.WORK_CASE):
        return officer.says(person, state, heard)
    if state.step is Step.ASK_POLICE or (state.step is Step.REPLY and person.can(Permission.ANSWER_QUESTION)):
        turn = questions.says(state, heard)
        if turn is not None:
            return turn
    if person.can(Permission.LOG_ACTIVITY):
        turn = leader.says(person, state, heard, now, kinds)
        if turn is not None:
            return turn
    return resident.says(person, state, heard, understand, now, answer)


def _notice(heard: Inbound) -> Turn:
    match heard.notice:
        case Notice.BLOCKED:
            return do(SetReachable(False))
        case Notice.MOVED if heard.moved_to is not None:
            return do(MoveChat(heard.moved_to), then=None)
        case _:
            return do(SetReachable(True), then=None)


def _button(person: Person, state: ConversationState, heard: Inbound, kinds: Kinds) -> Turn:
    family, _, rest = heard.button.partition(":")
    match family:
        case "t":
            turn = resident.presses(person, state, rest, heard)
        case "q":
            turn = questions.presses(person, rest)
        case "c" if person.can(Permission.WORK_CASE):
            turn = officer.presses(person, rest)
        case "a" if person.can(Permission.LOG_ACTIVITY):
            turn = leader.presses(person, rest, kinds)
        case "m":
            turn = typed.presses(person, state, rest)
        case _:
            turn = None
    # Old, forged or meant for somebody else: the answer is the same for all, and tells nothing.
    return turn if turn is not None else reply(Reply(lines=(say(Say.BUTTON_STALE),)), then=None)


def _in_group(person: Person, state: ConversationState, heard: Inbound, kinds: Kinds) -> Turn:
    """In a group the bot answers only when addressed, and never takes or repeats a tip there."""
    if not heard.addressed:
        return Turn()
    command = typed.read(heard.text)
    if command is not None:
        return typed.run_in_group(person, state, command)
    if state.step in OFFICER_STEPS and person.can(Permission.WORK_CASE):
        return officer.says(person, state, heard)
    if state.step is Step.REPLY and person.can(Permission.ANSWER_QUESTION):
        turn = questions.says(state, heard)
        if turn is not None:
            return turn
    if person.can(Permission.LOG_ACTIVITY):
        turn = leader.logs(heard, kinds)
        if turn is not None:
            return turn
    return reply(Reply(lines=(say(Say.PRIVATE_PLEASE),)), then=IDLE if state.step is Step.IDLE else None)
