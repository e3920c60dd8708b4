"""What kinds of group work are called."""

from __future__ import annotations

from core.activity import ActivityKind
from core.plan import ActivityRule
from core.replies import Words, say
from core.say import Say


def kind_name(kind: ActivityKind, rule: ActivityRule | None) -> Words:
    """What the plan's rule for this kind calls it; as in the catalogs where it gives no name."""
    if rule is not None and rule.name:
        return say(Say.AS_IS, text=rule.name)
    return say(Say(f"activity-{kind.value}"))
