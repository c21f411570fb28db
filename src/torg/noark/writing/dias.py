"""The wrapping that archives take packages in (DIAS): one tar with its contents listed, and a description beside it."""

import hashlib
import mimetypes
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from torg.noark.writing.stream import Stream, piece, streamed
from torg.noark.writing.tree import Refused, document, serialised, written

METS = "http://www.loc.gov/METS/"
PREMIS = "http://arkivverket.no/standarder/PREMIS"
XLINK = "http://www.w3.org/1999/xlink"
PROFILE = "http://xml.ra.se/METS/RA_METS_eARD.xml"
# Only the table of the language: that of the machine would give another listing on another machine.
TYPES = mimetypes.MimeTypes()


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What the receiver must know of the sender: `agreement` is the number they agreed on (avleveringsavtale)."""

    label: str
    archivist: str
    submitter: str
    receiver: str
    system: str
    system_version: str
    agreement: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Packed:
    """The two files to send."""

    tar: Path
    description: Path


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A file as the listing tells of it."""

    path: str
    size: int
    sha256: str


def pack(package: Path, into: Path, *, submission: Submission, id: UUID, at: datetime) -> Packed:
    """Wrap a deposit package into `into`/<id>.tar, with <id>.xml beside it.

    The same package, id and instant give the same bytes. Raises FileExistsError when there is one of this id, and
    Refused for an instant without offset.
    """
    packed = Packed(tar=into / f"{id}.tar", description=into / f"{id}.xml")
    if packed.tar.exists():
        raise FileExistsError(f"{packed.tar} is there already")
    with tempfile.TemporaryDirectory(dir=into, prefix=".dias-") as beside:
        extra = Path(beside) / "extra"
        prepare(extra, package, id)
        files = dict(sorted({**under(package, "content/"), **under(extra, "")}.items()))
        with (extra / "dias-mets.xml").open("wb") as out:
            write_mets(out, listed(files), submission, id=id, at=at)
        building = Path(beside) / packed.tar.name
        write_tar(building, {**files, "dias-mets.xml": extra / "dias-mets.xml"}, root=str(id), at=at)
        tar = next(listed({packed.tar.name: building}))
        with packed.description.open("wb") as out:
            write_mets(out, iter([tar]), submission, id=id, at=at)
        building.rename(packed.tar)
    return packed


def prepare(folder: Path, package: Path, id: UUID) -> None:
    """What stands beside the content: the listing of the deposit again, and what kind of thing the package is."""
    (folder / "administrative_metadata").mkdir(parents=True)
    (folder / "descriptive_metadata").mkdir()
    shutil.copyfile(package / "arkivuttrekk.xml", folder / "administrative_metadata/addml.xml")
    (folder / "administrative_metadata/dias-premis.xml").write_bytes(premis(id))
    (folder / "log.xml").write_bytes(premis(id))


def under(folder: Path, prefix: str) -> dict[str, Path]:
    """All files in a folder, by where they will lie in the tar."""
    return {prefix + path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def listed(files: dict[str, Path]) -> Iterator[Listed]:
    """Each with its size and checksum, read when it is asked for."""
    for path, file in files.items():
        with file.open("rb") as source:
            yield Listed(
                path=path,
                size=file.stat().st_size,
                sha256=hashlib.file_digest(source, "sha256").hexdigest(),
            )


def write_mets(out: BinaryIO, files: Iterator[Listed], submission: Submission, *, id: UUID, at: datetime) -> None:
    """dias-mets.xml, and <id>.xml: who sends what to whom, and the files."""
    created = written(at)
    attributes = {"OBJID": f"UUID:{id}", "LABEL": written(submission.label), "TYPE": "SIP", "PROFILE": PROFILE}
    location = f"{METS} http://schema.arkivverket.no/METS/mets.xsd"
    with streamed(out, "mets", METS, schemas=location, attributes=attributes, prefixes={"xlink": XLINK}) as stream:
        with stream.frame("metsHdr", attributes={"CREATEDATE": created}):
            write_parties(stream, submission)
        with stream.frame("fileSec"), stream.frame("fileGrp", attributes={"ID": "fileGroup001", "USE": "FILES"}):
            for number, file in enumerate(files, start=1):
                write_file(stream, file, number=number, created=created)
        with stream.frame("structMap"):
            stream.empty("div", {})


def write_parties(stream: Stream, submission: Submission) -> None:
    """agent and altRecordID"""
    organisation = {"TYPE": "ORGANIZATION"}
    agents: list[tuple[dict[str, str], tuple[str, ...]]] = [
        ({"ROLE": "ARCHIVIST", **organisation}, (submission.archivist,)),
        ({"ROLE": "OTHER", "OTHERROLE": "SUBMITTER", **organisation}, (submission.submitter,)),
        ({"ROLE": "OTHER", "OTHERROLE": "PRODUCER", **organisation}, (submission.archivist,)),
        ({"ROLE": "IPOWNER", **organisation}, (submission.archivist,)),
        ({"ROLE": "CREATOR", **organisation}, (submission.archivist,)),
        ({"ROLE": "PRESERVATION", **organisation}, (submission.receiver,)),
        (
            {"ROLE": "ARCHIVIST", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"},
            (submission.system, submission.system_version, "Noark5", "v5.0"),
        ),
    ]
    for attributes, (name, *notes) in agents:
        part = piece()
        part.need("name", name)
        for note in notes:
            part.need("note", note)
        with stream.frame("agent", attributes=attributes):
            stream.write(part)
    for kind, value in (
        ("SUBMISSIONAGREEMENT", submission.agreement),
        ("STARTDATE", submission.starts_on),
        ("ENDDATE", submission.ends_on),
    ):
        part = piece()
        part.need("altRecordID", value)
        part.element[0].set("TYPE", kind)
        stream.write(part)


def write_file(stream: Stream, file: Listed, *, number: int, created: str) -> None:
    """file"""
    attributes = {
        "ID": f"fileId_{number}",
        "MIMETYPE": TYPES.guess_type(file.path)[0] or "application/octet-stream",
        "SIZE": str(file.size),
        "CREATED": created,
        "CHECKSUM": file.sha256,
        "CHECKSUMTYPE": "SHA-256",
        "USE": "Datafile",
    }
    with stream.frame("file", attributes=attributes):
        link = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": f"file:{file.path}"}
        stream.empty("FLocat", link)


def premis(id: UUID) -> bytes:
    """dias-premis.xml and log.xml: the one object, which is the tar."""
    root = document("premis", PREMIS, xsi="http://www.w3.org/2001/XMLSchema-instance")
    root.element.set("version", "2.0")
    file = root.branch("object", kind="file")
    identifier = file.branch("objectIdentifier")
    identifier.need("objectIdentifierType", "NO/RA")
    identifier.need("objectIdentifierValue", id)
    file.branch("preservationLevel").need("preservationLevelValue", "full")
    characteristics = file.branch("objectCharacteristics")
    characteristics.need("compositionLevel", 0)
    characteristics.branch("format").branch("formatDesignation").need("formatName", "tar")
    return serialised(root)


def write_tar(path: Path, files: dict[str, Path], *, root: str, at: datetime) -> None:
    """The tar, with nothing in it of who packed it and on which machine."""
    if at.tzinfo is None:
        raise Refused(f"the instant {at.isoformat()} has no offset from UTC")
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for name in ("", "/administrative_metadata", "/descriptive_metadata", "/content"):
            folder = tarfile.TarInfo(root + name)
            folder.type, folder.mode, folder.mtime = tarfile.DIRTYPE, 0o755, int(at.timestamp())
            tar.addfile(folder)
        for name, file in sorted(files.items()):
            entry = tarfile.TarInfo(f"{root}/{name}")
            entry.size, entry.mtime = file.stat().st_size, int(at.timestamp())
            with file.open("rb") as source:
                tar.addfile(entry, source)
