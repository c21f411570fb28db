"""The original data: one form only, every sign kept, checkable with ordinary tools."""

import hashlib
import io
import json
import zipfile

from tests.records.documents import samples
from torg.records.documents import originals
from torg.records.documents.formats import identify

DELIVERY = b'{"entry": [{"id": "77"}]}'
SHA256 = hashlib.sha256(DELIVERY).hexdigest()


def package():
    item = samples.item(0, "Hei \x00 \ud83d 🫠", deliveries=(SHA256,), attachments=(samples.attached(),))
    return originals.package(samples.snapshot(item), deliveries={SHA256: DELIVERY, "other": b"not ours"}, files={})


def opened(data):
    return zipfile.ZipFile(io.BytesIO(data))


def test_the_snapshot_in_it_keeps_every_sign_and_is_json():
    told = opened(package()).read("snapshot.json")

    assert json.loads(told)["items"][0]["versions"][0]["text"] == "Hei \x00 \ud83d 🫠"
    assert identify(told).puid == "fmt/817"


def test_the_package_has_what_it_was_read_from_and_says_what_is_missing():
    archive = opened(package())

    assert archive.namelist() == [f"deliveries/{SHA256}", "missing.txt", "sha256sums.txt", "snapshot.json"]
    assert archive.read(f"deliveries/{SHA256}") == DELIVERY
    assert archive.read("missing.txt").decode() == f"files/{samples.PICTURE_SUM}\n"


def test_the_checksums_are_those_of_the_files():
    archive = opened(package())

    for line in archive.read("sha256sums.txt").decode().splitlines():
        wanted, name = line.split("  ")
        assert hashlib.sha256(archive.read(name)).hexdigest() == wanted


def test_the_package_is_the_same_each_time_and_of_the_plain_kind():
    assert package() == package()
    assert identify(package()).puid == "x-fmt/263"
    for entry in opened(package()).infolist():
        assert entry.compress_type == zipfile.ZIP_STORED
        assert not entry.flag_bits & 0x1  # not encrypted
