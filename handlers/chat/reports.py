"""The command that a required report was submitted."""

from __future__ import annotations

from core.conversation import commands
from core.ids import ObligationId
from core.replies import Reply, say
from core.say import Say
from handlers import submit_report as submitting
from handlers.chat.hearing import Hearing


def submit_report(work: Hearing, command: commands.SubmitReport) -> list[Reply]:
    """Record that a report was submitted, which ends its reminders."""
    owed = submitting.submit_report(work, work.by, ObligationId(command.obligation))
    return [Reply(lines=(say(Say.REPORT_NOTED, title=owed.title),))]
