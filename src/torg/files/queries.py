"""Read files and see who holds them."""

import hashlib
from collections.abc import Collection
from io import BufferedReader

from django.utils.translation import gettext as _

from torg.core.errors import NotFound, Unavailable
from torg.files import disk
from torg.files.models import FileState, Hold, StoredFile


class FileDamaged(Unavailable):
    """The bytes on disk are not the ones that were stored, or are gone."""


def stored(sha256: str) -> StoredFile:
    """The file with this hash; raises NotFound when there is none, or none any more."""
    found = StoredFile.objects.filter(sha256=sha256).exclude(state=FileState.REMOVED).first()
    if found is None:
        raise NotFound(_("The file does not exist."))
    return found


def read(sha256: str) -> bytes:
    """The bytes, checked against their hash on the way out.

    Raises NotFound when no such file is kept, FileDamaged when the disk gives other bytes or none.
    """
    file = stored(sha256)
    try:
        data = disk.place_of(file.sha256).read_bytes()
    except FileNotFoundError as error:
        raise FileDamaged(_("The file is missing on the server. Tell whoever runs it.")) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FileDamaged(_("The file on the server is damaged. Tell whoever runs it."))
    return data


def kept(wanted: Collection[str]) -> set[str]:
    """Those of the hashes `wanted` of which we keep the file."""
    rows = StoredFile.objects.filter(sha256__in=list(wanted)).exclude(state=FileState.REMOVED)
    return set(rows.values_list("sha256", flat=True))


def is_held(sha256: str) -> bool:
    """Whether somebody needs this file kept."""
    return Hold.objects.filter(file_id=sha256, released_at=None).exists()


def holders_of(sha256: str) -> list[str]:
    """The kinds of those who need this file kept."""
    return list(Hold.objects.filter(file_id=sha256, released_at=None).values_list("holder_kind", flat=True).distinct())


def removed() -> set[str]:
    """The hashes of the files that were removed on purpose."""
    return set(StoredFile.objects.filter(state=FileState.REMOVED).values_list("sha256", flat=True))


def opened(sha256: str) -> BufferedReader:
    """The file opened to be read in pieces; whoever reads it all checks the hash.

    Raises NotFound when no such file is kept, FileDamaged when the disk has none.
    """
    try:
        return disk.place_of(stored(sha256).sha256).open("rb")
    except FileNotFoundError as error:
        raise FileDamaged(_("The file is missing on the server. Tell whoever runs it.")) from error


def checked(sha256: str) -> BufferedReader:
    """The same, after one reading of the whole that showed the right hash: for what is too long for the memory.

    Raises NotFound when no such file is kept, FileDamaged when the disk has other bytes or none.
    """
    file = opened(sha256)
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise FileDamaged(_("The file on the server is damaged. Tell whoever runs it."))
    file.seek(0)
    return file


def holders_of_all(wanted: Collection[str]) -> dict[str, list[str]]:
    """For each of the hashes, the kinds of those who need the file kept."""
    found: dict[str, list[str]] = {}
    rows = Hold.objects.filter(file_id__in=list(wanted), released_at=None)
    for sha256, kind in rows.values_list("file_id", "holder_kind").order_by("file_id", "holder_kind").distinct():
        found.setdefault(sha256, []).append(kind)
    return found
