"""Objects of documents (dokumentobjekt) and the files they refer to."""

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from torg.noark.checking.check import Check
from torg.noark.checking.checks import formats
from torg.noark.checking.checks.parts import Count
from torg.noark.checking.checks.void import UnlessVoid
from torg.noark.checking.deposit import Deposit
from torg.noark.checking.elements import Element
from torg.noark.checking.package import STATED, STRUCTURE, plain
from torg.noark.checking.reading import Watcher

ALGORITHMS = {"sha256", "sha-256"}
_REFERENCE = "referanseDokumentfil"
_CHUNK = 1 << 18
_KEPT = 4096


def sha256(file: BinaryIO) -> str:
    """The SHA-256 of a file's bytes in hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


class Objects(Count):
    """Dokumentobjekt."""

    id = "N5.26"
    name = "Antall dokumentobjekter"
    elements = ("dokumentobjekt",)


class NumberOfFiles(Check):
    """The document files in the package; fails when arkivuttrekk.xml states another number or none."""

    id = "N5.28"
    name = "Validering av antall dokumentfiler"
    can_fail = True
    needs = (STATED,)

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.total = sum(1 for _ in deposit.package.documents())
        self.stated = deposit.stated.value("antallDokumentfiler") if deposit.stated else None

    def finish(self) -> None:
        if self.stated is None:
            self.findings.add(f"antallDokumentfiler er ikke oppgitt i {STATED}.", file=STATED)
        elif not self.stated.isascii() or not self.stated.isdigit() or int(self.stated[:18]) != self.total:
            text = f"{STATED} oppgir {self.stated} dokumentfiler, pakken har {self.total}."
            if not self.deposit.package.document_folders:
                text += " Det er ingen mappe for dokumenter i pakken."
            self.findings.add(text, file=STATED)

    def counts(self) -> dict[str, object]:
        return {"total": self.total, "stated": self.stated}


class Formats(Count):
    """Dokumentobjekter by format; fails where the format and the ending of the file's name disagree."""

    id = "N5.29"
    name = "Antall av ulike dokumentformater"
    can_fail = True
    elements = ("dokumentobjekt",)

    def take(self, element: Element) -> None:
        super().take(element)
        stated, reference = element.text("format"), element.text(_REFERENCE)
        if stated and reference and not formats.agree(stated, reference):
            text = f"Formatet er oppgitt som {stated}, men filen heter {PurePosixPath(reference).name}."
            self.findings.at(element, text, line=element.line_of("format"))

    def key(self, element: Element) -> str:
        return element.text("format")


class Checksums(Check):
    """The checksum of each document file; fails when it is another, is missing or is of another algorithm."""

    id = "N5.30"
    name = "Dokumentfilers sjekksummer"
    can_fail = True

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.right = 0
        self._known: dict[str, bytes] = {}

    def watches(self) -> Mapping[str, Watcher]:
        return {"dokumentobjekt": self.take}

    def take(self, element: Element) -> None:
        """One object with its file."""
        stated, algorithm = element.text("sjekksum").lower(), element.text("sjekksumAlgoritme")
        if algorithm.lower() not in ALGORITHMS:
            text = f"Sjekksumalgoritmen er «{algorithm}»; bare SHA-256 kan brukes."
            self.findings.at(element, text, line=element.line_of("sjekksumAlgoritme"))
        elif not stated:
            self.findings.at(element, "Sjekksum mangler.", line=element.line_of("sjekksum"))
        else:
            self._compare(element, stated)

    def _compare(self, element: Element, stated: str) -> None:
        reference = element.text(_REFERENCE)
        path = self.deposit.package.referred(reference)
        if not path:
            self.unseen.at(element, f"Filen {reference} finnes ikke i pakken; sjekksummen er ikke kontrollert.")
            return
        try:
            found = self._digest(path)
        except OSError as error:
            self.findings.at(element, f"Filen {reference} kan ikke leses: {error.strerror or error}.")
            return
        if found.hex() == stated:
            self.right += 1
        else:
            text = f"Sjekksummen for {reference} er {found.hex()}, oppgitt er {stated}."
            self.findings.at(element, text, line=element.line_of("sjekksum"))

    def _digest(self, path: str) -> bytes:
        # Kept for a while: a file that is referred to a thousand times is not read a thousand times.
        if path not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            with self.deposit.package.open(path) as file:
                self._known[path] = bytes.fromhex(sha256(file))
        return self._known[path]

    def counts(self) -> dict[str, object]:
        return {"total": self.right + self.findings.number, "right": self.right}


class ReferredFiles(Check):
    """Every file that is referred to is in the package; a link is none, and nothing outside is looked at."""

    id = "N5.32"
    name = "Refererte dokumenters eksistens"
    can_fail = True

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.total = 0

    def watches(self) -> Mapping[str, Watcher]:
        return {"dokumentobjekt": self.take}

    def take(self, element: Element) -> None:
        """One object with its references."""
        for reference, line in element.all(_REFERENCE):
            self.total += 1
            if not self.deposit.package.referred(reference):
                self.findings.at(element, self._why_missing(reference), line=line)

    def _why_missing(self, reference: str) -> str:
        path = plain(reference)
        if path.startswith("/") or path[1:2] == ":" or ".." in path.split("/"):
            return f"Referansen {reference} peker ut av pakken; den følges ikke."
        if path in self.deposit.package.others:
            return f"{reference} er en lenke eller noe annet enn en vanlig fil; den følges ikke."
        return f"Filen {reference} finnes ikke.{self.deposit.package.spelled_otherwise(reference)}"

    def counts(self) -> dict[str, object]:
        return {"total": self.total, "missing": self.findings.number}


class UnreferredFiles(Check):
    """Every file in the folders of documents is referred to; fails for one that is not."""

    id = "N5.33"
    name = "Dokumentfiler som mangler referanse"
    can_fail = True

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        package = deposit.package
        # Links too: one that is referred to has a reference, though it is no file.
        self._left = {*package.documents(), *filter(package.is_document, package.others)}

    def watches(self) -> Mapping[str, Watcher]:
        return {"dokumentobjekt": self.take}

    def take(self, element: Element) -> None:
        """One object with its references."""
        for reference, _ in element.all(_REFERENCE):
            self._left.discard(reference if reference in self._left else plain(reference))

    def finish(self) -> None:
        for path in sorted(self._left):
            self.findings.add(f"Filen {path} har ingen referanse fra arkivstrukturen.", file=path)

    def counts(self) -> dict[str, object]:
        return {"total": self.findings.number}


class ManyReferences(Check):
    """Files that more than one object refers to."""

    id = "N5.34"
    name = "Dokumentfiler med referanse fra mer enn ett dokumentobjekt"

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self._seen: set[str] = set()
        self._more: dict[str, int] = {}

    def watches(self) -> Mapping[str, Watcher]:
        return {"dokumentobjekt": self.take}

    def take(self, element: Element) -> None:
        """One object with its references."""
        for reference, line in element.all(_REFERENCE):
            path = reference if reference in self.deposit.package.files else plain(reference)
            if path in self._seen:
                self._more[path] = self._more.get(path, 1) + 1
                self.notes.at(element, f"Filen {reference} er også referert fra et annet dokumentobjekt.", line=line)
            self._seen.add(path)

    def counts(self) -> dict[str, object]:
        return {"total": len(self._more)}


class EmptyFiles(UnlessVoid):
    """Documents without content, but those that are struck out; and sizes that differ from the stated ones."""

    id = "N5.64"
    name = "Antall tomme dokumentfiler"
    elements = ("dokumentobjekt",)
    needs = (STRUCTURE,)

    def is_meant(self, element: Element) -> bool:
        size = self._size(element)
        stated = element.text("filstoerrelse")
        if size is not None and stated.isascii() and stated.isdigit() and int(stated[:18]) != size:
            text = f"Filen {element.text(_REFERENCE)} er {size} byte, oppgitt er {stated}."
            self.notes.at(element, text, line=element.line_of("filstoerrelse"))
        return size == 0

    def told(self, element: Element) -> str:
        return f"Filen {element.text(_REFERENCE)} er tom."

    def _size(self, element: Element) -> int | None:
        path = self.deposit.package.referred(element.text(_REFERENCE))
        return self.deposit.package.files[path] if path else None
