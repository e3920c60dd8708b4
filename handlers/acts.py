"""Which use case does what a conversation step asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from core.conversation import acts
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
from handlers.work import Hearing

HANDLERS: Final[dict[type[acts.Act], Callable[[Hearing, Any], list[Reply]]]] = {
    acts.FileTip: receive_tip.receive_tip,
    acts.AddToTip: add_to_tip.add_to_tip,
    acts.SplitTip: add_to_tip.split_tip,
    acts.CorrectTip: correct_tip.correct_tip,
    acts.TipMenu: correct_tip.show_menu,
    acts.LetContact: correct_tip.let_contact,
    acts.WithdrawTip: correct_tip.withdraw_tip,
    acts.ShowTip: show_tips.show_tip,
    acts.ShowMyTips: show_tips.show_my_tips,
    acts.SetLanguage: settings.set_language,
    acts.SetCommune: settings.set_commune,
    acts.SetReachable: settings.set_reachable,
    acts.MoveChat: settings.move_chat,
    acts.UseInvite: join.use_invite,
    acts.LeaveDuty: join.leave_duty,
    acts.GoOnDuty: join.go_on_duty,
    acts.ShowCases: work_case.show_cases,
    acts.CaseMenu: work_case.show_case_menu,
    acts.TakeCase: work_case.take_case,
    acts.AskReporter: work_case.ask_reporter,
    acts.PassOn: work_case.pass_on,
    acts.CloseCase: work_case.close_case,
    acts.SameCase: likeness.decide,
    acts.ReopenCase: work_case.reopen_case,
    acts.CorrectCase: work_case.correct_case,
    acts.LogActivity: log_activity.log_activity,
    acts.ShowActivityForm: log_activity.show_form,
    acts.FixActivity: log_activity.fix_activity,
    acts.DeleteActivity: log_activity.delete_activity,
    acts.ListActivities: log_activity.list_activities,
    acts.MonthSummary: log_activity.month_summary,
    acts.AskPolice: ask_police.ask_police,
    acts.ShowQuestion: ask_police.show_question,
    acts.AnswerQuestion: ask_police.answer_question,
    acts.MakeLink: link.make_link,
    acts.UseLink: link.use_link,
    acts.PreferChat: link.prefer_chat,
    acts.Unlink: link.unlink,
    acts.SubmitReport: remind.submit_report,
}
