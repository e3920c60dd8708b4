"""What kinds of group work are called."""

from __future__ import annotations

from core.activity_kinds import ActivityKind, WorkKind
from core.messages import Language
from core.plan import ActivityRule
from core.replies import Words, say
from core.say import Say


def kind_name(kind: WorkKind, rule: ActivityRule | None) -> Words:
    """What the plan's rule for this kind calls it; as in the catalogs where it gives no name. A kind that the plan in
    force has no longer goes by its code."""
    if rule is not None and rule.names:
        first = rule.names[Language.VI]
        return say(Say.IN_YOUR_LANGUAGE, vi=first, en=rule.names.get(Language.EN, first))
    if rule is not None and rule.name:
        return say(Say.AS_IS, text=rule.name)
    return say(Say(f"activity-{kind.value}")) if isinstance(kind, ActivityKind) else say(Say.AS_IS, text=kind)
