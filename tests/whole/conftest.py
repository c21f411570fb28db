"""The house that all of these tests walk through."""

from collections.abc import Iterator

import pytest
from devtools.graph_standin.server import Standin

from tests.whole.house import House, lived_in


@pytest.fixture
def standin() -> Iterator[Standin]:
    with Standin() as running:
        yield running


@pytest.fixture
def house(fresh_database, standin, tmp_path) -> Iterator[House]:
    """Web, database and stand-in, connected; the test itself is the worker."""
    with lived_in(tmp_path, standin) as made:
        yield made
