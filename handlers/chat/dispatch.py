"""The table from a conversation step's command to the chat handler that runs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from core.conversation import commands
from core.replies import Reply
from handlers.chat import chat_settings, joining, leader, linking, officer, questions, reporter, reports
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
    commands.SetLanguage: chat_settings.set_language,
    commands.SetCommune: chat_settings.set_commune,
    commands.SetReachable: chat_settings.set_reachable,
    commands.MoveChat: chat_settings.move_chat,
    commands.UseInvite: joining.use_invite,
    commands.LeaveDuty: joining.leave_duty,
    commands.GoOnDuty: joining.go_on_duty,
    commands.ShowCases: officer.show_cases,
    commands.CaseMenu: officer.show_menu,
    commands.TakeCase: officer.take_case,
    commands.AskReporter: officer.ask_reporter,
    commands.PassOn: officer.pass_on,
    commands.CloseCase: officer.close_case,
    commands.SameCase: officer.same_case,
    commands.ActOnCase: officer.act_on_case,
    commands.CorrectCase: officer.correct_case,
    commands.LogActivity: leader.log_activity,
    commands.ShowActivityForm: leader.show_form,
    commands.FixActivity: leader.fix_activity,
    commands.DeleteActivity: leader.delete_activity,
    commands.ListActivities: leader.list_activities,
    commands.MonthSummary: leader.month_summary,
    commands.AskPolice: questions.ask_police,
    commands.ShowQuestion: questions.show_question,
    commands.AnswerQuestion: questions.answer_question,
    commands.MakeLink: linking.make_link,
    commands.UseLink: linking.use_link,
    commands.PreferChat: linking.prefer_chat,
    commands.Unlink: linking.unlink,
    commands.SubmitReport: reports.submit_report,
}


def run(work: Hearing, command: commands.Command) -> list[Reply]:
    """Run a command and return the answers. A refused command leaves no change in the database. Raises `Refusal`."""
    return work.attempt(lambda: HANDLERS[type(command)](work, command))
