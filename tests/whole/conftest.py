"""The house that all of these tests walk through."""

from collections.abc import Iterator

import pytest
from devtools.graph_standin.server import Standin

from tests.whole.house import House, Server, connect
from torg.channels import making
from torg.core import clock


@pytest.fixture
def standin() -> Iterator[Standin]:
    with Standin() as running:
        yield running


@pytest.fixture
def house(fresh_database, standin, settings, tmp_path) -> Iterator[House]:
    """Web, database and stand-in, connected; the test itself is the worker."""
    settings.GRAPH_ADDRESS = standin.base_url
    settings.SPOOL_FOLDER = tmp_path / "spool"
    settings.FILES_FOLDER = tmp_path / "files"
    # What one test's platform asked us to wait for does not concern the next.
    making._budgets.clear()
    from torg.config.root import make_application

    with Server(make_application()) as server:
        made = connect(standin, server.address, at=clock.now())
        made.come_and_go()
        yield made
