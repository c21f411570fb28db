import pytest

from tests.outbox import handlers


@pytest.fixture
def handler(settings):
    """The fake handler, new for each test."""
    handlers.fake = handlers.FakeHandler()
    settings.OUTBOX_HANDLERS = {"test": "tests.outbox.handlers.fake"}
    return handlers.fake
