"""The pictures of plans and broadcasts: checked, re-encoded without EXIF, and stored in the data folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.app.settings import WrongSetting
from bot.intake.file_types import ForbiddenType, sniff, without_traces
from core.plan import Plan
from storage.media import MediaStore, Stored

FOLDER = "pictures"
"""The folder below the data folder with the pictures that `tinbao plan load` copied."""


def read_picture(path: Path) -> bytes:
    """The bytes of a picture file as JPEG. Raises `WrongSetting` when the file is missing or no picture."""
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
    """One line for each mistake in the pictures that a plan names."""
    wrong = []
    for campaign in plan.campaigns:
        if campaign.picture:
            try:
                read_picture(folder / campaign.picture)
            except WrongSetting as mistake:
                wrong.append(f"{mistake} (campaign {campaign.key})")
    return wrong


class Pictures:
    """The pictures of loaded plans. `beside` maps the code of a plan that is read at every start to its folder."""

    def __init__(self, data_dir: Path, media_store: MediaStore, beside: dict[str, Path] | None = None) -> None:
        self._folder, self._shelf, self._beside = data_dir / FOLDER, media_store, beside or {}

    def keep(self, plan: Plan, folder: Path) -> None:
        """Copy the pictures of a plan that was loaded from a file in `folder` into the data folder. Raises
        `WrongSetting`."""
        for name in _names(plan):
            data = read_picture(folder / name)
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{plan.code}-{name}").write_bytes(data)

    def stored(self, code: str, name: str) -> Stored | None:
        """Put a plan's picture into the media store for one campaign; None when its file is gone."""
        beside = self._beside.get(code)
        for path in ([beside / name] if beside else []) + [self._folder / f"{code}-{name}"]:
            if path.is_file():
                return self._shelf.put(read_picture(path), "image/jpeg")
        return None


def _names(plan: Plan) -> Iterable[str]:
    return sorted({campaign.picture for campaign in plan.campaigns if campaign.picture})
