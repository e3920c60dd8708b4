"""Which chat handler does what a conversation step asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from core.conversation import commands
from core.replies import Reply
from handlers import join, link, log_activity, remind, settings
from handlers.chat import officer, questions, reporter
from handlers.chat.hearing import Hearing

HANDLERS: Final[dict[type[commands.Command], Callable[[Hearing, Any], list[Reply]]]] = {
    commands.FileTip: reporter.file_tip,
    commands.AddToTip: reporter.add_to_tip,
    commands.SplitTip: reporter.split_tip,
    commands.CorrectTip: reporter.correct_tip,
    commands.TipMenu: reporter.show_menu,
    commands.LetContact: reporter.let_contact,
    commands.WithdrawTip: reporter.withdraw_tip,
    commands.ShowTip: reporter.show_tip,
    commands.ShowMyTips: reporter.show_my_tips,
    commands.SetLanguage: settings.set_language,
    commands.SetCommune: settings.set_commune,
    commands.SetReachable: settings.set_reachable,
    commands.MoveChat: settings.move_chat,
    commands.UseInvite: join.use_invite,
    commands.LeaveDuty: join.leave_duty,
    commands.GoOnDuty: join.go_on_duty,
    commands.ShowCases: officer.show_cases,
    commands.CaseMenu: officer.show_menu,
    commands.TakeCase: officer.take_case,
    commands.AskReporter: officer.ask_reporter,
    commands.PassOn: officer.pass_on,
    commands.CloseCase: officer.close_case,
    commands.SameCase: officer.same_case,
    commands.ReopenCase: officer.reopen_case,
    commands.CorrectCase: officer.correct_case,
    commands.LogActivity: log_activity.log_activity,
    commands.ShowActivityForm: log_activity.show_form,
    commands.FixActivity: log_activity.fix_activity,
    commands.DeleteActivity: log_activity.delete_activity,
    commands.ListActivities: log_activity.list_activities,
    commands.MonthSummary: log_activity.month_summary,
    commands.AskPolice: questions.ask_police,
    commands.ShowQuestion: questions.show_question,
    commands.AnswerQuestion: questions.answer_question,
    commands.MakeLink: link.make_link,
    commands.UseLink: link.use_link,
    commands.PreferChat: link.prefer_chat,
    commands.Unlink: link.unlink,
    commands.SubmitReport: remind.submit_report,
}


def run(work: Hearing, command: commands.Command) -> list[Reply]:
    """Do what a step asks for; the answers. A refused command leaves nothing behind. Raises `Refusal`."""
    return work.attempt(lambda: HANDLERS[type(command)](work, command))
