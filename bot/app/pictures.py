"""The pictures of plans and broadcasts: checked, written anew without EXIF, and kept where every start finds them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.app.settings import WrongSetting
from bot.intake.fetcher import ForbiddenType, sniff, without_traces
from core.plan import Plan
from storage.media import MediaStore, Stored

FOLDER = "pictures"
"""Below the data folder: what `tinbao plan load` took over from beside a plan's file."""


def read_picture(path: Path) -> bytes:
    """A picture as JPEG. Raises `WrongSetting` when there is none, or it is none."""
    try:
        data = path.read_bytes()
        if not sniff(data).startswith("image/"):
            raise ForbiddenType
        return without_traces(data)
    except FileNotFoundError:
        raise WrongSetting(f"{path}: there is no such picture") from None
    except IsADirectoryError:
        raise WrongSetting(f"{path}: this is a folder, not a picture") from None
    except ForbiddenType:
        raise WrongSetting(f"{path}: this is no picture; a JPEG, PNG or WebP is needed") from None


def missing_pictures(plan: Plan, folder: Path) -> list[str]:
    """What is wrong with the pictures that a plan names, a line each."""
    wrong = []
    for campaign in plan.campaigns:
        if campaign.picture:
            try:
                read_picture(folder / campaign.picture)
            except WrongSetting as mistake:
                wrong.append(f"{mistake} (campaign {campaign.key})")
    return wrong


class Pictures:
    """The pictures of loaded plans. `beside` tells in which folder a plan's own file lies, for the ones that are read
    anew at every start."""

    def __init__(self, data_dir: Path, media_store: MediaStore, beside: dict[str, Path] | None = None) -> None:
        self._folder, self._shelf, self._beside = data_dir / FOLDER, media_store, beside or {}

    def keep(self, plan: Plan, folder: Path) -> None:
        """Take over the pictures of a plan that was loaded from a file in `folder`. Raises `WrongSetting`."""
        for name in _names(plan):
            data = read_picture(folder / name)
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{plan.code}-{name}").write_bytes(data)

    def stored(self, code: str, name: str) -> Stored | None:
        """A plan's picture, put on the shelf for one campaign; None when it is not there any more."""
        beside = self._beside.get(code)
        for path in ([beside / name] if beside else []) + [self._folder / f"{code}-{name}"]:
            if path.is_file():
                return self._shelf.put(read_picture(path), "image/jpeg")
        return None


def _names(plan: Plan) -> Iterable[str]:
    return sorted({campaign.picture for campaign in plan.campaigns if campaign.picture})
