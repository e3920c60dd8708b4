"""The gazetteer as handlers use it (`handlers.work.Places`)."""

from __future__ import annotations

from core.triage.gazetteer import Gazetteer
from core.triage.proposal import PlaceGuess


class KnownPlaces:
    """The gazetteer, reduced to what handlers need."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def knows(self, commune: str) -> bool:
        """Whether a commune with this code exists today."""
        return commune in self._gazetteer.communes

    def label(self, code: str) -> str:
        """The name of a commune or a province."""
        return self._gazetteer.label(code)

    def province_of(self, commune: str) -> str:
        """The two-digit code of a commune's province, "" for an unknown commune."""
        found = self._gazetteer.communes.get(commune)
        return found.province if found is not None else ""

    def search(self, text: str, province: str | None = None) -> list[str]:
        """The codes of the communes that a typed name may mean, the best match first."""
        return list(self._gazetteer.search(text, province))

    def from_point(self, latitude: float, longitude: float, accuracy_m: float | None = None) -> PlaceGuess:
        """The communes that may contain a shared point. Degrees (WGS 84) and metres."""
        return self._gazetteer.from_point(latitude, longitude, accuracy_m)
