"""Triage as it is shipped, loaded once for all these tests."""

from __future__ import annotations

import pytest

from core.triage.gazetteer import Gazetteer
from core.triage.understand import Triage
from plans.triage import load_triage


@pytest.fixture(scope="session")
def triage() -> Triage:
    return load_triage()


@pytest.fixture(scope="session")
def places(triage: Triage) -> Gazetteer:
    return triage.places
