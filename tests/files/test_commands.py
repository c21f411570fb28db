"""Storing, holding, releasing and removing files."""

import pytest

from torg.files import commands as files
from torg.files import disk
from torg.files.models import StoredFile

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.django_db
def test_a_stored_file_is_read_back_whole(at):
    file = files.store(data=PNG, claimed_type="text/html", at=at)

    assert files.read(file.sha256) == PNG
    assert (file.media_type, file.claimed_type, file.size) == ("image/png", "text/html", len(PNG))


@pytest.mark.django_db
def test_the_same_bytes_twice_are_one_file(at):
    files.store(data=PNG, claimed_type=None, at=at)
    files.store(data=PNG, claimed_type="image/png", at=at)

    assert StoredFile.objects.count() == 1
    assert len(list(disk.everything())) == 1
