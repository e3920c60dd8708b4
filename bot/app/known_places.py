"""What handlers ask of triage and of the gazetteer, answered by the real ones."""

from __future__ import annotations

from core.triage.gazetteer import Gazetteer
from core.triage.proposal import PlaceGuess


class KnownPlaces:
    """The gazetteer behind the few questions that handlers have."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def knows(self, commune: str) -> bool:
        """Whether there is such a commune today."""
        return commune in self._gazetteer.communes

    def label(self, code: str) -> str:
        """What people call a commune or a province."""
        return self._gazetteer.label(code)

    def province_of(self, commune: str) -> str:
        """The two-digit code of a commune's province, "" for a commune that there is not."""
        found = self._gazetteer.communes.get(commune)
        return found.province if found is not None else ""

    def search(self, text: str, province: str | None = None) -> list[str]:
        """The communes that a typed name may mean, best first."""
        return list(self._gazetteer.search(text, province))

    def from_point(self, latitude: float, longitude: float, accuracy_m: float | None = None) -> PlaceGuess:
        """The commune of a shared point."""
        return self._gazetteer.from_point(latitude, longitude, accuracy_m)
