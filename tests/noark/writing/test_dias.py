"""The wrapping that an archive takes a package in."""

import hashlib
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.noark.writing import made
from tests.noark.writing.conftest import schema_at
from torg.noark.checking import package, running
from torg.noark.schemas.store import Store
from torg.noark.writing import deposit, dias
from torg.noark.writing.deposit import schemas
from torg.noark.writing.tree import Refused

ID = made.id_for("pakke")
BLANK = dict.fromkeys(schemas.CARRIED, b"<schema/>")
SUBMISSION = dias.Submission(
    label="Sosiale medier 2026",
    archivist="Fjordvik kommune",
    submitter="Fjordvik kommune",
    receiver="Fjordarkivet IKS",
    system="Torg",
    system_version="1.0",
    agreement="FA 27-1/2026; 2027-01-15",
    starts_on=made.SERIES.starts_on or made.AT.date(),
    ends_on=made.SERIES.ends_on or made.AT.date(),
)
METS = {"m": dias.METS, "x": dias.XLINK}


def packed(into: Path, carried: dict[str, bytes] = BLANK) -> dias.Packed:
    """A small deposit, wrapped."""
    root = deposit.write(made.agreement(), into, schemas=carried).root
    return dias.pack(root, into, submission=SUBMISSION, id=ID, at=made.AT)


def unpacked(into: Path, tar: Path) -> Path:
    """Its folder. Debian's Python 3.11.2 has no extraction filters yet, and we have packed it ourselves."""
    with tarfile.open(tar) as opened:
        for member in opened.getmembers():
            opened.extract(member, into / "unpacked")
    return into / "unpacked" / str(ID)


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("dias-mets.xml", "submissionDescription"),
        ("administrative_metadata/dias-premis.xml", "DIAS_PREMIS"),
        ("log.xml", "DIAS_PREMIS"),
    ],
)
def test_each_file_of_the_wrapping_is_valid(name: str, schema: str, standard: Path, tmp_path: Path) -> None:
    root = unpacked(tmp_path, packed(tmp_path).tar)

    schema_at(standard / f"dias/{schema}.xsd").assertValid(etree.parse(root / name))


def test_the_description_beside_it_is_valid_and_tells_the_checksum_of_the_tar(standard: Path, tmp_path: Path) -> None:
    result = packed(tmp_path)

    tree = etree.parse(result.description)
    schema_at(standard / "dias/submissionDescription.xsd").assertValid(tree)
    listed = tree.find(".//m:file", METS)
    assert listed is not None
    assert listed.get("CHECKSUM") == hashlib.sha256(result.tar.read_bytes()).hexdigest()


def test_every_file_but_the_listing_itself_is_listed_with_its_checksum(tmp_path: Path) -> None:
    root = unpacked(tmp_path, packed(tmp_path).tar)

    listed = {
        file.find("m:FLocat", METS).get(f"{{{dias.XLINK}}}href").removeprefix("file:"): file.get("CHECKSUM")
        for file in etree.parse(root / "dias-mets.xml").iterfind(".//m:file", METS)
    }

    there = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    assert listed == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items() if name != "dias-mets.xml"
    }


def test_the_content_passes_the_receivers_list(standard: Path, tmp_path: Path) -> None:
    root = unpacked(tmp_path, packed(tmp_path, schemas.read(standard)).tar)

    assert not running.check(package.opened(root), Store.of(standard)).has_failed


def test_the_same_package_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()

    first, second = packed(tmp_path / "first"), packed(tmp_path / "second")

    assert first.tar.read_bytes() == second.tar.read_bytes()
    assert first.description.read_bytes() == second.description.read_bytes()


def test_a_wrapping_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    packed(tmp_path)

    with pytest.raises(FileExistsError):
        dias.pack(tmp_path / "avleveringspakke", tmp_path, submission=SUBMISSION, id=ID, at=made.AT)


def test_a_sender_without_a_name_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    root = deposit.write(made.agreement(), tmp_path, schemas=BLANK).root

    with pytest.raises(Refused):
        dias.pack(root, tmp_path, submission=replace(SUBMISSION, archivist=""), id=ID, at=made.AT)

    assert [path.name for path in tmp_path.iterdir()] == ["avleveringspakke"]
