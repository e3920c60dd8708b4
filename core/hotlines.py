"""Which number to call when it cannot wait: 113 police, 114 fire and rescue, 115 ambulance, 111 children.

Source: the national short numbers; 111 is the child protection hotline (Luật Trẻ em 2016, Nghị định 56/2017/NĐ-CP)."""

from __future__ import annotations

from core.triage.proposal import Category

POLICE, FIRE, AMBULANCE, CHILDREN = "113", "114", "115", "111"


def number_to_call(category: Category) -> str:
    """The number for an emergency of this kind. Traffic: the ambulance first, they call the police."""
    return {Category.FIRE_SAFETY: FIRE, Category.TRAFFIC: AMBULANCE}.get(category, POLICE)
