"""Reads the data that triage works with: the model, the places, local aliases, polygons. The only I/O of triage."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.triage.borders import Borders
from core.triage.gazetteer import Gazetteer
from core.triage.understand import BadModel, Model, Triage
from plans.aliases import load_aliases

HERE: Final = Path(__file__).parent
MODEL: Final = HERE / "tips" / "model.json.gz"
EXAMPLES: Final = HERE / "tips" / "examples.jsonl"
GAZETTEER: Final = HERE / "places" / "gazetteer.json.gz"
ALIASES: Final = HERE / "places" / "aliases.yaml"


class BadFile(OSError):
    """A packed file that is damaged. The text names it."""


class BadPolygons(ValueError):
    """The file of polygons cannot be used. The text names file, fault and remedy."""


def unpacked(file: Path) -> bytes:
    """A file's bytes, unpacked when its name ends in .gz. Raises `OSError`."""
    data = file.read_bytes()
    try:
        return gzip.decompress(data) if file.suffix == ".gz" else data
    except (EOFError, gzip.BadGzipFile, zlib.error) as wrong:
        raise BadFile(f"{file} is damaged and cannot be unpacked: {wrong}") from wrong


def load_gazetteer(
    overlays: Sequence[Path] = (), places: Path | None = None, *, polygons: Path | None = None
) -> Gazetteer:
    """The places with the shipped aliases and those of `overlays` (YAML files of the operator's).

    `places` replaces the shipped data file; `polygons` (GeoJSON, may be gzipped) tells exactly where a shared point
    lies. Raises `OSError`, `core.triage.gazetteer.BadPlaces`, `BadPolygons`, or `plans.aliases.BadAliases` naming file
    and line.
    """
    gazetteer = Gazetteer.load(unpacked(places or GAZETTEER))
    more = [alias for file in (ALIASES, *overlays) for alias in load_aliases(file, gazetteer)]
    gazetteer = gazetteer.with_aliases(more)
    return gazetteer.with_borders(load_polygons(polygons, gazetteer)) if polygons else gazetteer


def load_polygons(file: Path, places: Gazetteer) -> Borders:
    """Polygons of communes. Raises `OSError` or `BadPolygons`."""
    try:
        data = json.loads(unpacked(file))
        if not isinstance(data, dict) or not isinstance(data.get("features"), list):
            raise BadPolygons(f"{file}: this is no GeoJSON FeatureCollection; it needs a list `features`")
        borders = Borders.from_geojson(data)
    except BadPolygons:
        raise
    except ValueError as wrong:
        raise BadPolygons(f"{file}: {wrong}") from wrong
    if not borders.codes & places.communes.keys():
        raise BadPolygons(f"{file}: no feature's id (or property `code`) is a commune's five-digit code")
    return borders


def learnt_model(data_dir: Path) -> Path:
    """The file in which `tinbao learn` keeps the model of this deployment."""
    return data_dir / "triage" / "model.json.gz"


def load_model(model: Path | None = None) -> Model:
    """The model in the file `model` when there is such a file, else the shipped one.

    Raises `core.triage.understand.BadModel` naming the file and the remedy when it is broken, or `OSError` when it may
    not be read.
    """
    if model is None or not model.exists():
        return Model.load(unpacked(MODEL))
    try:
        return Model.load(unpacked(model))
    except (BadModel, BadFile) as wrong:
        raise BadModel(
            f"{model}: {wrong}; delete it (the shipped model is used then) or run `tinbao learn` again"
        ) from wrong


def load_triage(
    overlays: Sequence[Path] = (), *, polygons: Path | None = None, model: Path | None = None,
    places: Path | None = None,
) -> Triage:  # fmt: skip
    """Triage, ready to use. Raises what `load_gazetteer` and `load_model` raise."""
    return Triage(load_model(model), load_gazetteer(overlays, places, polygons=polygons))
