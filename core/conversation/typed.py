"""Commands, menus and deep links, which everybody can use in every state."""

from __future__ import annotations

import re
from typing import Final

from core.access import Permission
from core.codes import find_code, find_link_code
from core.conversation.button_ids import id_in
from core.conversation.commands import (
    GoOnDuty,
    LeaveDuty,
    ListActivities,
    MakeLink,
    MonthSummary,
    PreferChat,
    SetCommune,
    SetLanguage,
    ShowActivityForm,
    ShowCases,
    ShowMyTips,
    ShowTip,
    SubmitReport,
    TipMenu,
    Unlink,
    UseInvite,
    UseLink,
)
from core.conversation.person import ConversationState, Person, Step
from core.conversation.questions import asks
from core.conversation.turn import IDLE, Turn, do, reply
from core.messages import Language
from core.replies import Choice, Reply, Words, say
from core.say import Say
from core.triage.intents import intent

_COMMAND: Final = re.compile(r"^/([a-z_]{1,32})(?:@\w+)?(?:\s+(.*))?$", re.DOTALL | re.IGNORECASE)
_COMMUNE_LINK: Final = re.compile(r"^c_(\d{5})$")
_TYPED_START: Final = re.compile(r"^(?:c_\d{5}|[og]_[0-9A-Za-z]{8,40})$")
"""A start payload. Where an app has no deep links, people type it."""
_INVITE_LINK: Final = re.compile(r"^[og]_[0-9A-Za-z]{8,40}$")

NAMES: Final[dict[str, str]] = {
    "start": "start",
    "help": "help",
    "trogiup": "help",
    "huongdan": "help",
    "menu": "help",
    "language": "language",
    "ngonngu": "language",
    "tin": "mine",
    "mytips": "mine",
    "tra": "code",
    "status": "code",
    "rut": "withdraw",
    "withdraw": "withdraw",
    "hoi": "ask",
    "ask": "ask",
    "noi": "link",
    "link": "link",
    "gonoi": "unlink",
    "unlink": "unlink",
    "viec": "cases",
    "cases": "cases",
    "truc": "duty",
    "duty": "duty",
    "nghitruc": "offduty",
    "offduty": "offduty",
    "ghi": "log",
    "log": "log",
    "hoatdong": "activities",
    "activities": "activities",
    "thang": "month",
    "month": "month",
    "thoi": "cancel",
    "cancel": "cancel",
    "roivaitro": "leave",
    "leave": "leave",
}
"""Every command that may be typed, in both languages, and what it means."""


def read(text: str) -> tuple[str, str] | None:
    """The command that a message is, with its argument; None when it is none. A typed code asks for its state."""
    found = _COMMAND.match(text)
    if found is not None:
        return NAMES.get(found[1].lower(), "unknown"), (found[2] or "").strip()
    if _TYPED_START.match(text.strip()):
        return "start", text.strip()
    if len(text) <= 20 and find_link_code(text) is not None:
        return "start", text.strip()
    code = find_code(text) if len(text) <= 30 else None
    if code is not None:
        return "code", code
    meant = intent(text)
    return (meant, "english" if text.strip().lower() == "english" else "") if meant else None


def run(person: Person, state: ConversationState, command: tuple[str, str]) -> Turn:
    """The turn for a command in a private chat."""
    name, rest = command
    match name:
        case "start":
            return _start(person, rest)
        case "language":
            return _language(rest)
        case "mine":
            return do(ShowMyTips())
        case "code":
            return _code(rest)
        case "withdraw":
            return _withdraw(person)
        case "ask":
            return asks(ConversationState())
        case "link":
            return do(MakeLink(), then=None)
        case "unlink":
            return do(Unlink(), then=None)
        case "cancel":
            return reply(Reply(lines=(say(Say.CANCELLED),)))
        case "thanks":
            return reply(Reply(lines=(say(Say.YOU_ARE_WELCOME),)), then=None)
        case "leave" if person.duties:
            return do(LeaveDuty())
        case "help" | "unknown":
            return reply(help_for(person), then=None if state.step is not Step.MAYBE else IDLE)
    return _on_duty(person, name) or reply(help_for(person), then=None)


def run_in_group(person: Person, state: ConversationState, command: tuple[str, str]) -> Turn:
    """The turn for a command in a group: joining it to a unit, and what a duty allows. Others need a private chat."""
    name, rest = command
    if name == "start" and _INVITE_LINK.match(rest):
        return do(UseInvite(rest))
    if name == "cancel":
        return reply(Reply(lines=(say(Say.CANCELLED),)))
    turn = _on_duty(person, name) if name != "start" else None
    return turn or reply(Reply(lines=(say(Say.PRIVATE_PLEASE),)), then=None if state.step else IDLE)


def presses(person: Person, state: ConversationState, rest: str) -> Turn | None:
    """A button of a menu (`m:`)."""
    verb, _, argument = rest.partition(":")
    match verb:
        case "lang" if argument in set(Language):
            return do(SetLanguage(Language(argument)), then=None)
        case "mine":
            return do(ShowMyTips())
        case "code":
            return _code("")
        case "language":
            return _language("")
        case "ask":
            return asks(ConversationState())
        case "link":
            return do(MakeLink(), then=None)
        case "unlink":
            return do(Unlink(), then=None)
        case "here" if (chat := id_in(argument)) is not None:
            return do(PreferChat(chat), then=None)
        case "tip":
            return reply(Reply(lines=(say(Say.TELL_US),), ask_place=True))
        case "done" if (owed := id_in(argument)) is not None and person.can(Permission.SUBMIT_REPORT):
            return do(SubmitReport(owed), then=None)
    return _on_duty(person, verb)


def help_for(person: Person) -> Reply:
    """The help text with its buttons: what residents can do, and what the person's duties add."""
    lines: list[Words] = [say(Say.HELP), say(Say.HELP_NUMBERS)]
    rows: list[tuple[Choice, ...]] = [
        (Choice("m:tip", say(Say.BUTTON_REPORT)), Choice("m:mine", say(Say.BUTTON_MY_TIPS))),
        (Choice("m:code", say(Say.BUTTON_CODE)), Choice("m:ask", say(Say.BUTTON_ASK_POLICE))),
        (Choice("m:link", say(Say.BUTTON_LINK)), Choice("m:language", say(Say.BUTTON_LANGUAGE))),
    ]
    if person.can(Permission.WORK_CASE):
        lines.append(say(Say.HELP_OFFICER))
        rows.insert(0, (Choice("m:cases", say(Say.BUTTON_CASES)), Choice("m:offduty", say(Say.BUTTON_OFF_DUTY))))
    if person.can(Permission.LOG_ACTIVITY):
        lines.append(say(Say.HELP_LEADER))
        rows.insert(0, (Choice("m:log", say(Say.BUTTON_LOG)), Choice("m:activities", say(Say.BUTTON_ACTIVITIES))))
        rows.insert(1, (Choice("m:month", say(Say.BUTTON_MONTH)),))
    return Reply(lines=tuple(lines), rows=tuple(rows))


def _on_duty(person: Person, name: str) -> Turn | None:
    match name:
        case "cases" if person.can(Permission.SEE_CASE):
            return do(ShowCases())
        case "duty" if person.can(Permission.KEEP_DUTY):
            return do(GoOnDuty(True))
        case "offduty" if person.can(Permission.KEEP_DUTY):
            return do(GoOnDuty(False))
        case "log" if person.can(Permission.LOG_ACTIVITY):
            return do(ShowActivityForm())
        case "activities" if person.can(Permission.LOG_ACTIVITY):
            return do(ListActivities())
        case "month" | "lastmonth" if person.can(Permission.LOG_ACTIVITY):
            return do(MonthSummary(1 if name == "lastmonth" else 0))
    return None


def _start(person: Person, payload: str) -> Turn:
    commune = _COMMUNE_LINK.match(payload)
    if commune is not None:
        return do(SetCommune(commune[1]))
    if _INVITE_LINK.match(payload):
        return do(UseInvite(payload))
    code = find_link_code(payload)
    if code is not None:
        return do(UseLink(code), then=None)
    if payload:
        return reply(Reply(lines=(say(Say.LINK_UNKNOWN),)), help_for(person))
    return reply(Reply(lines=(say(Say.WELCOME),)), help_for(person))


def _language(rest: str) -> Turn:
    wanted = rest.strip().lower()[:2]
    if wanted in set(Language):
        return do(SetLanguage(Language(wanted)), then=None)
    return reply(
        Reply(
            lines=(say(Say.CHOOSE_LANGUAGE),),
            rows=((Choice("m:lang:vi", say(Say.LANGUAGE_VI)), Choice("m:lang:en", say(Say.LANGUAGE_EN))),),
        ),
        then=None,
    )


def _code(rest: str) -> Turn:
    if not rest:
        return reply(Reply(lines=(say(Say.ASK_CODE),)), then=ConversationState(Step.CODE))
    code = find_code(rest)
    return (
        do(ShowTip(code)) if code else reply(Reply(lines=(say(Say.CODE_MALFORMED),)), then=ConversationState(Step.CODE))
    )


def _withdraw(person: Person) -> Turn:
    if person.tip is None or not person.tip.open:
        return do(ShowMyTips())
    return do(TipMenu(person.tip.id, "withdraw"), then=None)
