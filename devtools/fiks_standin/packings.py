"""Reading a message and writing an answer in each form; the encrypted one by the `openssl` program, not by us."""

import base64
import hashlib
import json
import subprocess
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from xml.etree import ElementTree

_ETSI = "{http://uri.etsi.org/2918/v1.2.1#}"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"


@dataclass(frozen=True)
class Message:
    """What came: the type, the client's id, and the files by name."""

    type: str
    id: str
    files: dict[str, bytes]


class Packing(Protocol):
    def read(self, place: Path) -> Message: ...

    def write(self, place: Path, headers: dict[str, Any], files: dict[str, bytes]) -> None: ...


class Folder:
    """A folder with a manifest."""

    def read(self, place: Path) -> Message:
        manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
        files = {one["name"]: (place / one["name"]).read_bytes() for one in manifest["files"]}
        return checked(manifest, files)

    def write(self, place: Path, headers: dict[str, Any], files: dict[str, bytes]) -> None:
        place.mkdir()
        for name, content in files.items():
            (place / name).write_bytes(content)
        (place / "manifest.json").write_text(json.dumps(with_files(headers, files)), encoding="utf-8")


class Zip:
    """The same in a ZIP."""

    def read(self, place: Path) -> Message:
        with zipfile.ZipFile(place) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            return checked(manifest, {one["name"]: archive.read(one["name"]) for one in manifest["files"]})

    def write(self, place: Path, headers: dict[str, Any], files: dict[str, bytes]) -> None:
        with zipfile.ZipFile(place, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
            archive.writestr("manifest.json", json.dumps(with_files(headers, files)))


@dataclass(frozen=True)
class Sealed:
    """ASiC-E in CMS. The files in `keys`: `own.key`, `own.crt` of the archive, `theirs.crt` of the sender."""

    keys: Path

    def read(self, place: Path) -> Message:
        headers = json.loads((place / "headers.json").read_text(encoding="utf-8"))
        opened = self._openssl("-decrypt", "-inkey", "own.key", content=(place / headers["payload"]).read_bytes())
        if opened[30:38] != b"mimetype":
            raise ValueError("mimetype does not stand first")
        with zipfile.ZipFile(BytesIO(opened)) as archive:
            files = self._signed_files(archive)
        return Message(headers["type"], headers["klientMeldingId"], files)

    def write(self, place: Path, headers: dict[str, Any], files: dict[str, bytes]) -> None:
        place.mkdir()
        if files:
            plain = self._container(files)
            oaep = ("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256")
            sealed = self._openssl("-encrypt", "-binary", "-aes256", "-recip", "theirs.crt", *oaep, content=plain)
            (place / "payload.asice.p7m").write_bytes(sealed)
        (place / "headers.json").write_text(json.dumps(headers), encoding="utf-8")

    def _signed_files(self, archive: zipfile.ZipFile) -> dict[str, bytes]:
        manifest = archive.read("META-INF/asicmanifest.xml")
        root = ElementTree.fromstring(manifest)
        reference = root.find(f"{_ETSI}SigReference")
        signature = archive.read(reference.attrib["URI"]) if reference is not None else b""
        (self.keys / "signed").write_bytes(manifest)
        self._openssl("-verify", "-binary", "-CAfile", "theirs.crt", "-content", "signed", content=signature)
        files = {}
        for one in root.findall(f"{_ETSI}DataObjectReference"):
            content = archive.read(one.attrib["URI"])
            if one.findtext(f"{_DS}DigestValue") != base64.b64encode(hashlib.sha256(content).digest()).decode():
                raise ValueError("a checksum is wrong")
            files[one.attrib["URI"]] = content
        return files

    def _container(self, files: dict[str, bytes]) -> bytes:
        rows = "".join(
            f'<DataObjectReference URI="{name}"><ns2:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
            f"<ns2:DigestValue>{base64.b64encode(hashlib.sha256(content).digest()).decode()}</ns2:DigestValue>"
            "</DataObjectReference>"
            for name, content in files.items()
        )
        manifest = f'<ASiCManifest xmlns="{_ETSI[1:-1]}" xmlns:ns2="{_DS[1:-1]}">{rows}</ASiCManifest>'
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in {"mimetype": b"application/vnd.etsi.asic-e+zip", **files}.items():
                archive.writestr(name, content)
            archive.writestr("META-INF/asicmanifest.xml", manifest)
        return target.getvalue()

    def _openssl(self, *words: str, content: bytes) -> bytes:
        command = ["openssl", "cms", *words, "-inform" if words[0] != "-encrypt" else "-outform", "DER"]
        done = subprocess.run(command, input=content, cwd=self.keys, capture_output=True, check=False)
        if done.returncode:
            raise ValueError(done.stderr.decode())
        return done.stdout


def checked(manifest: dict[str, Any], files: dict[str, bytes]) -> Message:
    """Raises ValueError when a file is not the one that the manifest names."""
    for one in manifest["files"]:
        if hashlib.sha256(files[one["name"]]).hexdigest() != one["sha256"]:
            raise ValueError(f"{one['name']} is damaged")
    return Message(manifest["type"], manifest["klientMeldingId"], files)


def with_files(headers: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    return {**headers, "files": listed}
