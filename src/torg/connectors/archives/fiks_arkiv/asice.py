"""ASiC-E containers with a CAdES signature (ETSI TS 102 918), in the form that Fiks reads and writes."""

import base64
import hashlib
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509 import Certificate
from lxml import etree

from torg.connectors.archives.fiks_arkiv.manifest import Listed
from torg.connectors.archives.fiks_arkiv.messages import Outgoing, Unreadable
from torg.connectors.archives.fiks_arkiv.plain import copy, entry

MIMETYPE = b"application/vnd.etsi.asic-e+zip"
MANIFEST = "META-INF/asicmanifest.xml"
SIGNATURE = "META-INF/signature.p7s"
# Without the zero that ETSI's own address has: so write and read the libraries that Fiks uses.
_ASIC = "http://uri.etsi.org/2918/v1.2.1#"
_DS = "http://www.w3.org/2000/09/xmldsig#"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_MOST_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Signer:
    """Our key with its certificate."""

    certificate: Certificate
    key: RSAPrivateKey = field(repr=False)


def write(message: Outgoing, target: IO[bytes], *, signer: Signer) -> None:
    """Write the message's parts with a manifest of their checksums, and our signature over that manifest."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and uncompressed, so that the type can be read off the file's first bytes.
        archive.writestr(entry("mimetype", zipfile.ZIP_STORED), MIMETYPE)
        listed = []
        for part in message.parts:
            with archive.open(entry(part.name), "w", force_zip64=True) as opened:
                listed.append(copy(part, opened))
        manifest = _manifest(listed)
        archive.writestr(entry(MANIFEST), manifest)
        archive.writestr(entry(SIGNATURE), _signature(manifest, signer))


def read(content: bytes) -> dict[str, bytes]:
    """The files of a container by name, each checked against the manifest; raises Unreadable."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise Unreadable("the container is longer than we take")
            if archive.read("mimetype") != MIMETYPE:
                raise Unreadable("the container is not an ASiC-E")
            sums = _sums(archive)
            files = {name: archive.read(name) for name in sums}
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, etree.XMLSyntaxError) as error:
        raise Unreadable("the container is damaged") from error
    for name, one in files.items():
        if base64.b64encode(hashlib.sha256(one).digest()).decode() != sums[name]:
            raise Unreadable("a file of the container is not the one that was signed")
    return files


def _manifest(listed: list[Listed]) -> bytes:
    root = etree.Element(f"{{{_ASIC}}}ASiCManifest", nsmap={"asic": _ASIC, "ds": _DS})
    etree.SubElement(root, f"{{{_ASIC}}}SigReference", URI=SIGNATURE, MimeType="application/x-pkcs7-signature")
    for one in listed:
        about = etree.SubElement(root, f"{{{_ASIC}}}DataObjectReference", URI=one.name, MimeType=one.media_type)
        etree.SubElement(about, f"{{{_DS}}}DigestMethod", Algorithm=_SHA256)
        value = etree.SubElement(about, f"{{{_DS}}}DigestValue")
        value.text = base64.b64encode(bytes.fromhex(one.sha256)).decode()
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _signature(manifest: bytes, signer: Signer) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(manifest)
    builder = builder.add_signer(signer.certificate, signer.key, SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])


def _sums(archive: zipfile.ZipFile) -> dict[str, str]:
    """SHA-256 in base64 by file name, as the manifest says; others' manifests may be named otherwise."""
    names = [name for name in archive.namelist() if name.lower().startswith("meta-inf/asicmanifest")]
    if len(names) != 1:
        raise Unreadable("the container has no manifest, or several")
    harmless = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(archive.read(names[0]), harmless)
    sums = {}
    for about in root.iterfind("{*}DataObjectReference"):
        method, value = about.find("{*}DigestMethod"), about.find("{*}DigestValue")
        if method is None or value is None or not method.get("Algorithm", "").endswith("sha256"):
            raise Unreadable("the container's manifest has a checksum of another kind than SHA-256")
        sums[about.get("URI", "")] = (value.text or "").strip()
    return sums
