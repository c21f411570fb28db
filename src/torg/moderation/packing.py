"""Evidence for the police as one ZIP: the same evidence gives the same bytes, and every file is named by its sum."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from torg.files import queries as files
from torg.moderation.models import Case
from torg.moderation.words import Ground
from torg.people import queries as people
from torg.records import queries as records
from torg.records.documents.rendering import render
from torg.records.documents.types import Document
from torg.records.models import Capture
from torg.records.types import Snapshot

LOCAL = ZoneInfo("Europe/Oslo")
# The earliest moment that the format knows: when it was packed stands in the letter.
NO_TIME = (1980, 1, 1, 0, 0, 0)
LANGUAGE = "nb"
# What a report usually leans on, by ground; the police decide what it is.
LAWS: dict[str, str] = {
    Ground.THREAT: "straffeloven § 263 (trusler), § 264 (grove trusler)",
    Ground.HATE: "straffeloven § 185 (hatefulle ytringer)",
    Ground.HARASSMENT: "straffeloven § 266 (hensynsløs atferd), § 266 a (alvorlig personforfølgelse)",
    Ground.CHILD: "straffeloven § 311 (seksualiserte framstillinger av barn), § 267 (privatlivets fred)",
    Ground.IDENTITY_NUMBER: "straffeloven § 202 (identitetskrenkelse), § 267 (privatlivets fred)",
    Ground.HEALTH: "straffeloven § 267 (krenkelse av privatlivets fred)",
    Ground.PROTECTED_ADDRESS: "straffeloven § 267 (krenkelse av privatlivets fred)",
    Ground.PERSONAL_DATA: "straffeloven § 267 (krenkelse av privatlivets fred)",
    Ground.OBSCENE: "straffeloven § 267 a (krenkende bilder), § 317 (pornografi)",
}
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "video/mp4": ".mp4"}


@dataclass(frozen=True, slots=True)
class Packed:
    """The package, and the sums of the stored files that lie in it."""

    data: bytes = field(repr=False)
    kept: tuple[str, ...]


def pack(case: Case, capture: Capture, *, law: str) -> Packed:
    """The letter, the document, the canonical data, the originals and the attachments, with a list of SHA-256 sums.

    `law` is the legal reference of the rule. Raises FileDamaged when the disk gives other bytes than were kept.
    """
    snapshot = records.whole_snapshot_of(capture)
    around = {"03-samtale.json": files.read(snapshot.context)} if snapshot.context else {}
    originals = _originals(snapshot)
    attached = _attached(snapshot)
    parts = {
        "01-dokument.pdf": render(_document(snapshot, attached), language=LANGUAGE, at=capture.taken_at),
        "02-data.json": files.read(capture.sha256),
        **around,
        **{f"leveranser/{sha256}.json": files.read(sha256) for sha256 in originals},
        **{f"vedlegg/{sha256}{ending}": files.read(sha256) for sha256, ending in attached.items()},
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(parts.items()))
    letter = _letter(case, capture, law=law, count=len(snapshot.items))
    whole = {"00-folgebrev.txt": letter.encode(), **parts, "SHA256SUMS": sums.encode()}
    sources = [capture.sha256, *originals, *attached, *([snapshot.context] if snapshot.context else [])]
    return Packed(_zipped(whole), tuple(sources))


def _originals(snapshot: Snapshot) -> Sequence[str]:
    wanted = {sha256 for item in snapshot.items for sha256 in item.deliveries}
    return sorted(files.kept(wanted))


def _attached(snapshot: Snapshot) -> dict[str, str]:
    """The stored attachments, each with the ending that its bytes deserve."""
    found = {a.sha256: ENDINGS.get(a.media_type, ".bin") for item in snapshot.items for a in item.attachments}
    kept = files.kept([sha256 for sha256 in found if sha256])
    return {sha256: found[sha256] for sha256 in sorted(kept)}


def _document(snapshot: Snapshot, attached: dict[str, str]) -> Document:
    pictures = {sha256: files.read(sha256) for sha256, ending in attached.items() if ending != ".bin"}
    return Document(snapshot, municipality=getattr(people.municipality(), "name", ""), files=pictures)


def _letter(case: Case, capture: Capture, *, law: str, count: int) -> str:
    with translation.override(LANGUAGE):
        lines = [
            _("To the police"),
            _("From %s") % getattr(people.municipality(), "name", "–"),
            _("Evidence taken %s") % capture.taken_at.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M"),
            _("We report what is documented in this package, for you to judge."),
            *_facts(case, law=law, count=count),
            _("SHA256SUMS lists the sum of each file. Check it with: sha256sum -c SHA256SUMS"),
            _("What was received from the platform lies unchanged in “leveranser”; “02-data.json” is what we knew."),
        ]
        return "\n\n".join(lines) + "\n"


def _facts(case: Case, *, law: str, count: int) -> Iterator[str]:
    yield _("Page: %s") % case.item.thread.connection.presence.name
    yield _("The text has the number %s in our system, and stands among %d texts.") % (case.item.public_id, count)
    if case.item.permalink:
        yield _("Address: %s") % case.item.permalink
    if case.author is not None:
        yield _("Author's number on the platform: %s") % (case.author.external_id or "–")
    yield _("Provisions that may apply: %s") % (LAWS.get(case.ground) or law or "–")
    if law:
        yield _("Legal reference of our rule: %s") % law


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(parts):
            packed.writestr(zipfile.ZipInfo(name, NO_TIME), parts[name])
    return out.getvalue()
