"""Identities (systemID) and references between the archive's elements; elements without content."""

from collections.abc import Mapping
from typing import ClassVar

from torg.noark.checking.check import Check
from torg.noark.checking.deposit import Deposit, Identifiers
from torg.noark.checking.elements import STRUCTURE as STRUCTURAL
from torg.noark.checking.elements import Element
from torg.noark.checking.package import CHANGES, STRUCTURE
from torg.noark.checking.reading import Watcher
from torg.noark.checking.results import Finding, found_at


class UniqueIdentifiers(Check):
    """No two elements have the same systemID."""

    id = "N5.47"
    name = "Systemidentifikasjoner"
    can_fail = True

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.total = 0

    def watches(self) -> Mapping[str, Watcher]:
        return dict.fromkeys(STRUCTURAL, self.take)

    def take(self, element: Element) -> None:
        """One element that can have a systemID."""
        for system_id, line in element.all("systemID"):
            self.total += 1
            if system_id and not self.deposit.identifiers.add(system_id):
                self.findings.at(element, f"SystemID-en {system_id} er brukt før.", line=line)

    def counts(self) -> dict[str, object]:
        return {"total": self.total, "used_twice": len(self.deposit.identifiers.twice)}


class Resolves(Check):
    """References of one kind lead to an element of the archive; those that come before it are looked at last."""

    can_fail = True
    reference: ClassVar[str]
    target: ClassVar[str]
    referrers: ClassVar[tuple[str, ...]]

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.total = 0
        self._targets = Identifiers()
        self._waiting: list[tuple[str, Finding]] = []

    def watches(self) -> Mapping[str, Watcher]:
        return {**dict.fromkeys(self.referrers, self.take), self.target: self.take_target}

    def take_target(self, element: Element) -> None:
        """One element that references may lead to."""
        self._targets.add(element.text("systemID"))

    def take(self, element: Element) -> None:
        """One element that may refer."""
        for reference, line in element.all(self.reference):
            self.total += 1
            if reference not in self._targets:
                text = f"{self.reference} {reference} fører ikke til noen {self.target} i arkivstrukturen."
                self._waiting.append((reference, found_at(element, text, line=line)))

    def finish(self) -> None:
        for reference, finding in self._waiting:
            if reference not in self._targets:
                self.findings.take(finding)

    def counts(self) -> dict[str, object]:
        return {"total": self.total, "unresolved": self.findings.number}


class PartReferences(Resolves):
    """ReferanseArkivdel."""

    id = "N5.48"
    name = "Arkivdelreferanser"
    reference = "referanseArkivdel"
    target = "arkivdel"
    referrers = ("mappe", "registrering", "dokumentbeskrivelse")


class ClassReferences(Resolves):
    """ReferanseSekundaerKlassifikasjon of case files."""

    id = "N5.51"
    name = "Klassereferanser"
    reference = "referanseSekundaerKlassifikasjon"
    target = "klasse"
    referrers = ("mappe",)


class ChangeReferences(Check):
    """ReferanseArkivenhet of every logged change leads to an element of the archive."""

    id = "N5.62"
    name = "Endringslogg-referanser til arkivstrukturen"
    can_fail = True
    needs = (STRUCTURE, CHANGES)

    def finish(self) -> None:
        self.findings = self.deposit.changes.unresolved

    def counts(self) -> dict[str, object]:
        return {"total": self.deposit.changes.number, "unresolved": self.findings.number}


class ElementsWithoutContent(Check):
    """No element of arkivstruktur.xml is without content (krav 6.4.5)."""

    id = "N5.63"
    name = "Elementer som mangler innhold"
    can_fail = True

    def take_empty(self, name: str, line: int, around: Element | None) -> None:
        """One empty element, with what it stands in."""
        path = around.path() if around else ""
        is_itself = around is not None and around.name == name and around.line == line
        whole = path if is_itself else f"{path}/{name}"
        system_id = around.system_id if around else ""
        self.findings.take(Finding(f"Elementet {name} har ikke innhold.", STRUCTURE, line, whole, system_id))

    def counts(self) -> dict[str, object]:
        return {"total": self.findings.number}
