"""Draw `docs/architecture.svg` from the code: `python deploy/make_architecture.py`.

Rooms stand in the order of the import contract in `pyproject.toml`, with their wings (folders) in them. An arrow goes
from a room to each that it imports from; the number says how many imports there are. A test compares rooms, wings and
arrows with the code; numbers are those of the day when it was drawn.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import grimp

ROOT: Final = Path(__file__).parents[1]
PICTURE: Final = ROOT / "docs" / "architecture.svg"
LEFT, WIDTH, HEIGHT, GAP, TOP = 24, 620, 74, 22, 64
APART: Final = 3.5
"""Between the ends of two arrows at one box."""
COLOURS: Final = ("#1f6f8b", "#99582a", "#6a4c93", "#2b7a4b", "#b23a48", "#5c6b73", "#8a6d00", "#3d405b")


@dataclass(frozen=True, slots=True)
class Facts:
    """Rooms from top to bottom, the wings of each, and how many imports go from one room to another."""

    wings: dict[str, tuple[str, ...]]
    arrows: dict[tuple[str, str], int]


def facts() -> Facts:
    """What the code says."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if "bot" in contract.get("layers", ()))
    rooms = [room.strip() for layer in layers for room in re.split("[:|]", layer)]
    graph = grimp.build_graph(*rooms, cache_dir=None)
    arrows = Counter(
        (importer.partition(".")[0], imported.partition(".")[0])
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    )
    wings = {room: tuple(sorted(file.parent.name for file in (ROOT / room).glob("*/__init__.py"))) for room in rooms}
    return Facts(wings, {(above, below): count for (above, below), count in arrows.items() if above != below})


def drawn() -> Facts:
    """What the committed picture says."""
    svg = PICTURE.read_text("utf-8")
    wings = {room: tuple(names.split()) for room, names in re.findall(r'data-room="(\w+)" data-wings="([^"]*)"', svg)}
    arrows = re.findall(r'data-from="(\w+)" data-to="(\w+)" data-count="(\d+)"', svg)
    return Facts(wings, {(above, below): int(count) for above, below, count in arrows})


def draw(found: Facts) -> str:
    """The picture."""
    rooms = list(found.wings)
    told = _what_lives_there()
    boxes = [_box(number, room, found.wings[room], told.get(room, "")) for number, room in enumerate(rooms)]
    arcs = [
        _arc(rooms.index(above), rooms.index(below), above, below, count)
        for (above, below), count in sorted(found.arrows.items(), key=lambda item: _span(rooms, item[0]))
    ]
    reach = 70 + 35 * (len(rooms) - 1)
    width, height = LEFT + WIDTH + reach, TOP + len(rooms) * (HEIGHT + GAP) + 10
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' font-family="system-ui, sans-serif" role="img" aria-labelledby="title">',
            '  <title id="title">The rooms of Tin Báo and what each imports from</title>',
            f'  <rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'  <text x="{LEFT}" y="30" font-size="19" font-weight="600" fill="#222">The rooms of Tin Báo</text>',
            f'  <text x="{LEFT}" y="50" font-size="12" fill="#555">Imports run downwards only. The number on an arrow: '
            "how many imports. Drawn by deploy/make_architecture.py.</text>",
            *arcs,
            *boxes,
            "</svg>",
            "",
        ]
    )


def _span(rooms: list[str], arrow: tuple[str, str]) -> int:
    return -abs(rooms.index(arrow[1]) - rooms.index(arrow[0]))


def _box(number: int, room: str, wings: tuple[str, ...], words: str) -> str:
    y, colour = TOP + number * (HEIGHT + GAP), COLOURS[number % len(COLOURS)]
    parts = [
        f'  <g data-room="{room}" data-wings="{" ".join(wings)}">',
        f'    <rect x="{LEFT}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="#fff" stroke="{colour}"'
        ' stroke-width="2"/>',
        f'    <text x="{LEFT + 14}" y="{y + 25}" font-size="17" font-weight="600" fill="{colour}">{room}/</text>',
    ]
    for line, text in enumerate(_folded(words)):
        parts.append(
            f'    <text x="{LEFT + 128}" y="{y + 19 + 15 * line}" font-size="12" fill="#333">{escape(text)}</text>'
        )
    x = LEFT + 14.0
    for wing in wings:
        wide = 14 + 6.6 * len(wing)
        parts += [
            f'    <rect x="{x:g}" y="{y + 46}" width="{wide:g}" height="20" rx="4"'
            f' fill="{colour}" fill-opacity="0.12"/>',
            f'    <text x="{x + 7:g}" y="{y + 60}" font-size="12" fill="#222">{wing}</text>',
        ]
        x += wide + 6
    return "\n".join([*parts, "  </g>"])


def _arc(start: int, end: int, above: str, below: str, count: int) -> str:
    """On the right, from a box to another; the further they are apart, the further out."""
    colour, right = COLOURS[start % len(COLOURS)], LEFT + WIDTH
    # Arrows leave below the middle of a box and arrive above it, each at a height of its own.
    y1 = TOP + start * (HEIGHT + GAP) + HEIGHT / 2 + APART * (end - start)
    y2 = TOP + end * (HEIGHT + GAP) + HEIGHT / 2 - APART * (end - start)
    out = right + 46 * (end - start)
    thick = min(1 + count**0.5 / 3, 6)
    middle = (y1 + y2) / 2
    return "\n".join(
        [
            f'  <g data-from="{above}" data-to="{below}" data-count="{count}" stroke="{colour}" fill="none">',
            f'    <path d="M{right} {y1:g} C{out + 18} {y1:g} {out + 18} {y2:g} {right + 8} {y2:g}"'
            f' stroke-width="{thick:.1f}" stroke-opacity="0.75"/>',
            f'    <path d="M{right + 2} {y2:g} l9 -5 v10 z" fill="{colour}" stroke="none"/>',
            f'    <text x="{right + (out + 18 - right) * 0.75:g}" y="{middle + 4:g}" font-size="11" fill="{colour}"'
            f' stroke="#fff" stroke-width="3" paint-order="stroke" text-anchor="middle">{count}</text>',
            "  </g>",
        ]
    )


def _what_lives_there() -> dict[str, str]:
    """The README's table of rooms."""
    rows = re.findall(r"(?m)^\| ((?:`\w+/`(?:, )?)+) \| (.+) \|$", (ROOT / "README.md").read_text("utf-8"))
    return {room: words.replace("`", "") for rooms, words in rows for room in re.findall(r"\w+", rooms)}


def _folded(words: str, at_most: int = 72) -> list[str]:
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) >= at_most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:2]


if __name__ == "__main__":
    PICTURE.write_text(draw(facts()), "utf-8")
