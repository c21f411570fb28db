"""What every message has: who sends it, of what type it is, and the files that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from torg.noark.objects import DocumentObject
from torg.noark.values import Coded, Listed
from torg.noark.writing.tree import XSI, Branch, document, serialised

PROTOCOL = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/"
CREATE = f"{PROTOCOL}arkivmelding/opprett/v1"
CATALOGUE = f"{PROTOCOL}metadatakatalog/v1"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Us, toward one archive.

    `system` our name in every message and key · `series` the archive's code of the series that new cases go to
    (arkivdel) · `codes` where the archive's own lists differ from the common ones (innsyn.kodeliste.hent).
    """

    system: str
    series: Coded | None = None
    codes: Mapping[Listed, Coded] = field(default_factory=dict)

    def coded(self, value: Listed | Coded) -> Coded:
        """The code that this archive has for a value."""
        if isinstance(value, Coded):
            return value
        return self.codes.get(value) or Coded(value.code, value.text)


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file that goes with a message, under the name that the message calls it by."""

    name: str
    file: DocumentObject


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message: its type, the fixed name of its payload, the payload, and the files to send with it."""

    kind: str
    file_name: str
    content: bytes
    files: tuple[Attached, ...] = ()


def payload(name: str, namespace: str, **prefixes: str) -> Branch:
    """The outermost element of a message."""
    return document(name, namespace, m=CATALOGUE, xsi=XSI, **prefixes)


def message(kind: str, file_name: str, root: Branch, files: tuple[Attached, ...] = ()) -> Message:
    """The finished message; `kind` without the protocol's name."""
    return Message(kind=f"no.ks.fiks.arkiv.v1.{kind}", file_name=file_name, content=serialised(root), files=files)
