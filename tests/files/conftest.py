import pytest


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A folder of the test's own."""
    settings.FILES_FOLDER = tmp_path / "files"
    return settings.FILES_FOLDER
