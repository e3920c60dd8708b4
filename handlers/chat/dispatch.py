"""Which use case does what a conversation step asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from core.conversation import commands
from core.replies import Reply
from handlers import (
    add_to_tip,
    ask_police,
    correct_tip,
    join,
    likeness,
    link,
    log_activity,
    receive_tip,
    remind,
    settings,
    show_tips,
    work_case,
)
from handlers.chat.hearing import Hearing

HANDLERS: Final[dict[type[commands.Command], Callable[[Hearing, Any], list[Reply]]]] = {
    commands.FileTip: receive_tip.receive_tip,
    commands.AddToTip: add_to_tip.add_to_tip,
    commands.SplitTip: add_to_tip.split_tip,
    commands.CorrectTip: correct_tip.correct_tip,
    commands.TipMenu: correct_tip.show_menu,
    commands.LetContact: correct_tip.let_contact,
    commands.WithdrawTip: correct_tip.withdraw_tip,
    commands.ShowTip: show_tips.show_tip,
    commands.ShowMyTips: show_tips.show_my_tips,
    commands.SetLanguage: settings.set_language,
    commands.SetCommune: settings.set_commune,
    commands.SetReachable: settings.set_reachable,
    commands.MoveChat: settings.move_chat,
    commands.UseInvite: join.use_invite,
    commands.LeaveDuty: join.leave_duty,
    commands.GoOnDuty: join.go_on_duty,
    commands.ShowCases: work_case.show_cases,
    commands.CaseMenu: work_case.show_case_menu,
    commands.TakeCase: work_case.take_case,
    commands.AskReporter: work_case.ask_reporter,
    commands.PassOn: work_case.pass_on,
    commands.CloseCase: work_case.close_case,
    commands.SameCase: likeness.decide,
    commands.ReopenCase: work_case.reopen_case,
    commands.CorrectCase: work_case.correct_case,
    commands.LogActivity: log_activity.log_activity,
    commands.ShowActivityForm: log_activity.show_form,
    commands.FixActivity: log_activity.fix_activity,
    commands.DeleteActivity: log_activity.delete_activity,
    commands.ListActivities: log_activity.list_activities,
    commands.MonthSummary: log_activity.month_summary,
    commands.AskPolice: ask_police.ask_police,
    commands.ShowQuestion: ask_police.show_question,
    commands.AnswerQuestion: ask_police.answer_question,
    commands.MakeLink: link.make_link,
    commands.UseLink: link.use_link,
    commands.PreferChat: link.prefer_chat,
    commands.Unlink: link.unlink,
    commands.SubmitReport: remind.submit_report,
}
