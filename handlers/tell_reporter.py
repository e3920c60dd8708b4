"""Tell the reporters of a case about each step, in their own language and preferred chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from core.case import Case
from core.replies import Reply, say
from core.say import Say
from core.states import Action
from core.tip import Tip
from handlers.views import case_file
from handlers.work import Work
from storage import linked_contacts
from storage.outbox import About, Lane, Subject, Why

STEPS: Final = {Action.TAKE: Say.TOLD_TAKEN, Action.REOPEN: Say.TOLD_REOPENED}


def of_action(work: Work, case: Case, action: Action) -> None:
    """Tell the reporters that their case was taken up, reopened, passed on or closed; other actions are not told.

    Reporters whose case joined another one are told how that one ended, but not that it was joined: that would reveal
    the other reporter."""
    if action in STEPS:
        key = STEPS[action]
        tell_reporters(work, case, lambda tip: Reply(lines=(say(key, code=tip.code),)), step=action.value)
    elif action is Action.PASS_ON:
        unit = work.context.places.label(case.unit)
        tell_reporters(
            work,
            case,
            lambda tip: Reply(lines=(say(Say.TOLD_PASSED_ON, code=tip.code, unit=unit),)),
            step=action.value,
        )
    elif action is Action.CLOSE and case.outcome is not None and not case.has_joined_another:
        words = Say(f"told-{case.outcome.value}")
        tell_reporters(
            work,
            case,
            lambda tip: Reply(lines=(say(words, code=tip.code), say(Say.TOLD_THANKS))),
            step=action.value,
        )


def tell_reporters(work: Work, case: Case, reply: Callable[[Tip], Reply], *, step: str) -> None:
    """Tell every reporter who did not withdraw their tip, once for this version of the case."""
    for tip in case_file(work, case).tips:
        if tip.withdrawn:
            continue
        for recipient in linked_contacts.recipients(work.db, [tip.contact_id]):
            reason = f"case:{case.id}:{step}:{case.version}:{tip.id}"
            work.tell(
                recipient, reply(tip), reason=reason, lane=Lane.ANSWER, why=Why.STEP, about=About(Subject.TIP, tip.id)
            )
