"""The whole house on a port, as an attacker meets it."""

import pytest
from django.test.utils import override_settings

from tests.config.serving import served


@pytest.fixture(scope="module")
def port(shared_database, tmp_path_factory):
    """Where `torg web` answers to all the tests of a file."""
    folder = tmp_path_factory.mktemp("house")
    with override_settings(SITE_FOLDER=folder / "site", SPOOL_FOLDER=folder / "spool"), served() as port:
        yield port
