"""The whole house on a port, as an attacker meets it."""

import pytest

from tests.config.serving import served


@pytest.fixture
def port(fresh_database, settings, tmp_path):
    """Where `torg web` answers."""
    settings.SITE_FOLDER = tmp_path / "site"
    settings.SPOOL_FOLDER = tmp_path / "spool"
    with served() as port:
        yield port
