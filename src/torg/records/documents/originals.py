"""The original data of a record: the snapshot as canonical JSON, and all that it was read from as one ZIP."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

from torg.records import canonical
from torg.records.types import Snapshot

SNAPSHOT = "snapshot.json"
CHECKSUMS = "sha256sums.txt"
MISSING = "missing.txt"
# The earliest time that ZIP can say: the same content gives the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)
UNIX = 3
ORDINARY_FILE = 0o100644 << 16


def package(snapshot: Snapshot, *, deliveries: Mapping[str, bytes], files: Mapping[str, bytes]) -> bytes:
    """The canonical JSON with the original deliveries and files, by their SHA-256, as a ZIP (ISO 21320-1).

    Stored without compression: a packer's version would change the bytes. What the snapshot names and is not given
    is listed in `missing.txt`; the checksums can be checked with `sha256sum -c sha256sums.txt`.
    """
    named_deliveries = {sha256 for item in snapshot.items for sha256 in item.deliveries}
    named_files = {attached.sha256 for item in snapshot.items for attached in item.attachments if attached.sha256}
    contents = {SNAPSHOT: canonical.to_bytes(snapshot)}
    contents |= {f"deliveries/{sha256}": deliveries[sha256] for sha256 in named_deliveries & deliveries.keys()}
    contents |= {f"files/{sha256}": files[sha256] for sha256 in named_files & files.keys()}
    missing = [f"deliveries/{sha256}\n" for sha256 in named_deliveries - deliveries.keys()]
    missing += [f"files/{sha256}\n" for sha256 in named_files - files.keys()]
    if missing:
        contents[MISSING] = "".join(sorted(missing)).encode()
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(contents.items()))
    return zipped(contents | {CHECKSUMS: "".join(sums).encode()})


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """A ZIP whose bytes depend on names and contents alone."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(contents.items()):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.create_system, entry.external_attr = UNIX, ORDINARY_FILE
            archive.writestr(entry, data)
    return kept.getvalue()
