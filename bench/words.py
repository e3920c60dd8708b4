"""Words of many different events. Tips that all tell the same would look like one event to the police's desk, and every
card would be shown again with each of them; real tips differ."""

from __future__ import annotations

import orjson

from bench.stage import COMMUNE
from core.triage.proposal import PlaceState
from plans.triage import EXAMPLES, load_triage

PLACE = "Ở nhà số {n} tổ dân phố Ninh Khánh phường Nếnh: "
MARK = "Ở nhà số "
"""In front, for a card shows only the beginning of long words."""
LONGEST = 300


def different(first: int, count: int) -> list[str]:
    """So many tips for the bench's commune, each of another event, marked with a number from `first` on."""
    triage = load_triage()
    texts: list[str] = []
    for line in EXAMPLES.read_bytes().splitlines():
        text = PLACE.format(n=first + len(texts)) + orjson.loads(line)["text"][:LONGEST]
        read = triage.propose(text, province="24", commune=COMMUNE)
        if read.is_tip and read.place.state is PlaceState.SURE and read.place.communes == (COMMUNE,):
            texts.append(text)
        if len(texts) == count:
            return texts
    raise RuntimeError(f"there are only {len(texts)} examples to tell")
