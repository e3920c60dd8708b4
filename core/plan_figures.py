"""The indicators and awards of a plan, as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from core.plan import Awards, Comparison, Indicator, Scale
from core.plan_lines import PlanLine, source
from core.replies import Words, say
from core.say import Say

OPPOSITE: Final = {
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.MORE_THAN: Comparison.LESS_THAN,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.LESS_THAN: Comparison.MORE_THAN,
}
"""A change of at most -5 % is a drop of at least 5 %."""


def indicator_lines(figure: Indicator) -> Iterator[PlanLine]:
    """One indicator: its target, how its figure comes about, and that there is no figure yet."""
    yield PlanLine(1, say(Say.PLAN_ENTRY, title=figure.title, code=figure.key))
    yield PlanLine(2, say(Say.PLAN_TARGET, target=target(figure)))
    if figure.measure is None:
        yield PlanLine(2, say(Say.PLAN_ENTERED))
    else:
        yield PlanLine(2, say(Say.PLAN_COMPUTED, measure=say(Say(f"measure-{figure.measure.value}"))))
    yield PlanLine(2, say(Say.PLAN_NO_FIGURE))
    yield source(figure.source)


def target(figure: Indicator) -> Words:
    """What is to be reached, in words: "at least 75 %", "a drop of at least 5 %"."""
    if figure.scale is Scale.COUNT:
        return _compared(figure.comparison, say(Say.AS_IS, text=str(figure.target)))
    if figure.scale is Scale.CHANGE and figure.target < 0:
        return say(Say.PLAN_DROP, target=_compared(OPPOSITE[figure.comparison], percent(-figure.target)))
    words = _compared(figure.comparison, percent(figure.target))
    return say(Say.PLAN_RISE, target=words) if figure.scale is Scale.CHANGE else words


def percent(share: Fraction) -> Words:
    """A share of 1 as a percentage of at most two decimals; as a fraction where that would not be exact (2/3)."""
    hundredths = share * 10_000
    if hundredths.denominator != 1:
        return say(Say.AS_IS, text=str(share))
    whole, part = divmod(hundredths.numerator, 100)
    if not part:
        return say(Say.PLAN_PERCENT, n=whole)
    return say(Say.PLAN_PERCENT_PART, whole=whole, part=f"{part:02}".rstrip("0"))


def awards_lines(awards: Awards) -> Iterator[PlanLine]:
    """How many may be proposed; of the individuals, how many leaders at most."""
    leaders = int(awards.individuals * awards.leaders_share)
    counts = {"collectives": awards.collectives, "individuals": awards.individuals, "leaders": leaders}
    yield PlanLine(1, say(Say.PLAN_AWARDS_CAPS, share=percent(awards.leaders_share), **counts))
    yield source(awards.source)


def _compared(comparison: Comparison, figure: Words) -> Words:
    return say(Say(f"plan-{comparison.value}"), figure=figure)
