"""Reads the shipped data that triage works with: the model, the places, the local aliases. The only I/O of triage."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Final

from core.triage.gazetteer import Gazetteer
from core.triage.understand import Model, Triage
from plans.aliases import load_aliases

HERE: Final = Path(__file__).parent
MODEL: Final = HERE / "tips" / "model.json.gz"
GAZETTEER: Final = HERE / "places" / "gazetteer.json.gz"
ALIASES: Final = HERE / "places" / "aliases.yaml"


def unpacked(file: Path) -> bytes:
    """A file's bytes, unpacked when its name ends in .gz. Raises `OSError`."""
    data = file.read_bytes()
    return gzip.decompress(data) if file.suffix == ".gz" else data


def load_gazetteer(overlay: Path | None = None, places: Path | None = None) -> Gazetteer:
    """The places with the shipped aliases and those of `overlay` (a YAML file of the operator's).

    `places` replaces the shipped data file. Raises `OSError`, `core.triage.gazetteer.BadPlaces`, or
    `plans.aliases.BadAliases` naming file and line.
    """
    gazetteer = Gazetteer.load(unpacked(places or GAZETTEER))
    for file in [ALIASES, overlay] if overlay else [ALIASES]:
        gazetteer = gazetteer.with_aliases(load_aliases(file, gazetteer))
    return gazetteer


def load_model(model: Path | None = None) -> Model:
    """The shipped model, or another that was learnt here. Raises `OSError` or `core.triage.understand.BadModel`."""
    return Model.load(unpacked(model or MODEL))


def load_triage(overlay: Path | None = None, *, model: Path | None = None, places: Path | None = None) -> Triage:
    """Triage, ready to use. Raises what `load_gazetteer` and `load_model` raise."""
    return Triage(load_model(model), load_gazetteer(overlay, places))
