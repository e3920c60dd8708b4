"""An officer's commands, by button or by word. Most are answered with the case's current card."""

from __future__ import annotations

from core.access import Permission
from core.cards import card
from core.case import Case
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
from core.conversation.person import ConversationState
from core.ids import CaseId, Unit
from core.replies import Choice, Reply, say
from core.say import Say
from handlers import cases, likeness, work_case
from handlers.chat.hearing import Hearing
from handlers.views import case_view
from handlers.work_case import WhichUnit


def take_case(work: Hearing, command: TakeCase) -> list[Reply]:
    """Take a case. The officer gets the card and a short notice that the case is theirs."""
    case = work_case.take_case(work, work.by_card, CaseId(command.case))
    work.toast = say(Say.YOU_HAVE_IT)
    return shown(work, case)


def show_menu(work: Hearing, command: CaseMenu) -> list[Reply]:
    """Show the buttons of one step on the card itself, and ask for words where buttons are not enough."""
    only_seen = command.menu in ("card", "show")
    permission = Permission.SEE_CASE if only_seen else Permission.WORK_CASE
    view = case_view(work, cases.find(work, work.by, CaseId(command.case), permission))
    match command.menu:
        case "same":
            return [Reply(lines=(say(Say.ASK_SAME_AS, code=view.code),), wants_answer=True)]
        case "card":
            return [card(view, work.now, fresh=True)]
        case "show":
            work.state = ConversationState()
            return [card(view, work.now)]
    replies = [card(view, work.now, menu=command.menu)]
    if command.menu == "ask":
        replies.append(Reply(lines=(say(Say.ASK_REPORTER_HOW, code=view.code),), wants_answer=True))
    if command.menu == "notours":
        replies.append(Reply(lines=(say(Say.PASS_ON_TO_WHOM, code=view.code),), wants_answer=True))
    return replies


def ask_reporter(work: Hearing, command: AskReporter) -> list[Reply]:
    """Put a question to the reporters, and confirm it to the officer."""
    case = work_case.ask_reporter(work, work.by, CaseId(command.case), words=command.words, ready=command.ready)
    return [Reply(lines=(say(Say.QUESTION_SENT, code=case_view(work, case).code),))]


def pass_on(work: Hearing, command: PassOn) -> list[Reply]:
    """Pass a case on, or ask which commune is meant."""
    try:
        passed = work_case.pass_on(work, work.by, CaseId(command.case), to=command.to)
    except WhichUnit as unclear:
        return _which(work, CaseId(command.case), unclear.communes)
    work.state = ConversationState()
    unit = work.context.places.label(passed.to)
    return [Reply(lines=(say(Say.PASSED_ON, code=case_view(work, passed.case).code, unit=unit),))]


def close_case(work: Hearing, command: CloseCase) -> list[Reply]:
    """Close a case. The card shows the outcome."""
    case_id = CaseId(command.case)
    return shown(work, work_case.close_case(work, work.by_card, case_id, command.outcome, same_as=command.same_as))


def same_case(work: Hearing, command: SameCase) -> list[Reply]:
    """Record whether two cases are one event."""
    one, other = CaseId(command.case), CaseId(command.other)
    return shown(work, likeness.decide(work, work.by_card, one, other, same=command.same))


def act_on_case(work: Hearing, command: ActOnCase) -> list[Reply]:
    """Do the action of one button press. The answer is the case's current card."""
    return shown(work, work_case.act_on_case(work, work.by_card, CaseId(command.case), command.action))


def correct_case(work: Hearing, command: CorrectCase) -> list[Reply]:
    """Correct a case's kind or urgency. If that sent the case to another unit, its old card says so and the case is not
    shown here."""
    case_id = CaseId(command.case)
    case = work_case.correct_case(work, work.by_card, case_id, category=command.category, urgency=command.urgency)
    work.toast = say(Say.CORRECTED)
    return shown(work, case) if work.by.may(Permission.SEE_CASE, case.whose) else []


def show_cases(work: Hearing, command: ShowCases) -> list[Reply]:
    """List the open cases, each with a button for its card."""
    listed = work_case.list_cases(work, work.by)
    if not listed:
        return [Reply(lines=(say(Say.NO_OPEN_CASES),))]
    buttons = []
    for line in listed:
        mark = say(Say.MARK_EMERGENCY if line.case.is_emergency else Say.MARK_NONE)
        kind = say(Say(f"category-{line.case.category.value}"))
        label = say(Say.CASE_IN_LIST, mark=mark, code=line.code, category=kind)
        buttons.append((Choice(f"c:{line.case.id}:card", label),))
    return [Reply(lines=(say(Say.OPEN_CASES, count=len(listed)),), rows=tuple(buttons))]


def shown(work: Hearing, case: Case) -> list[Reply]:
    """The case's current card, for the chat where the button was pressed."""
    return [card(case_view(work, case), work.now)]


def _which(work: Hearing, case_id: CaseId, communes: tuple[Unit, ...]) -> list[Reply]:
    if not communes:
        return [Reply(lines=(say(Say.PLACE_NOT_FOUND),), wants_answer=True)]
    label = work.context.places.label
    rows = tuple((Choice(f"c:{case_id}:to:{code}", say(Say.AS_IS, text=label(code))),) for code in communes)
    return [Reply(lines=(say(Say.WHICH_OF_THESE),), rows=rows)]
