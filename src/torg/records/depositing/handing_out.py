"""A finished package as one stream, however large it is."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

from torg.records.models import Deposit

PIECE = 1024 * 1024


def name_of(deposit: Deposit) -> str:
    """What the saved file is called."""
    return f"{deposit.public_id}.tar"


def pieces(deposit: Deposit) -> Iterator[bytes]:
    """The package wrapped for an archive where there is one; else its folder, wrapped on the way out."""
    packed = Path(deposit.folder) / name_of(deposit)
    if deposit.tar_sha256 and packed.is_file():
        with packed.open("rb") as file:
            yield from iter(lambda: file.read(PIECE), b"")
        return
    yield from _wrapped(Path(deposit.folder), str(deposit.public_id))


def _wrapped(folder: Path, name: str) -> Iterator[bytes]:
    """The folder as a tar file (POSIX pax), a piece at a time; it tells nothing of who runs the server."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        header = tarfile.TarInfo(f"{name}/{path.relative_to(folder).as_posix()}")
        about = path.stat()
        header.size, header.mtime = about.st_size, int(about.st_mtime)
        yield header.tobuf(format=tarfile.PAX_FORMAT)
        with path.open("rb") as file:
            yield from iter(lambda: file.read(PIECE), b"")
        yield bytes(-header.size % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)
