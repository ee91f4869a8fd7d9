"""The probe, built once for all tests."""

import pytest

from probe import Probe, build


@pytest.fixture(scope="session")
def probe() -> Probe:
    return Probe(build("load_probe"))
