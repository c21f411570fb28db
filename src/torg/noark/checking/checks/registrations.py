"""Folders (mappe), registrations and descriptions of documents: years, statuses, kinds, dates."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import ClassVar

from torg.noark.checking.check import Check
from torg.noark.checking.checks.parts import Count
from torg.noark.checking.checks.void import UnlessVoid
from torg.noark.checking.deposit import Deposit
from torg.noark.checking.elements import Element
from torg.noark.checking.reading import Watcher
from torg.noark.checking.results import named

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(T(\d\d:\d\d:\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_PHYSICAL = {"fysisk medium", "fysisk arkiv"}


@lru_cache(maxsize=4096)
def day(text: str) -> date | None:
    """The day of an xs:date or xs:dateTime as written, with or without zone; None for anything else."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        # The fraction may have any number of digits, and the zone does not move the day that is written.
        return datetime.fromisoformat(f"{match[1]}T{match[3] or '00:00:00'}").date()
    except ValueError:
        return None


class PerYear(Count):
    """By the year of opprettetDato; what has no valid date is not counted."""

    def take(self, element: Element) -> None:
        created = day(element.text("opprettetDato"))
        if created:
            self.tally.add(element, str(created.year))


class FoldersPerYear(PerYear):
    """Mappe by year."""

    id = "N5.11"
    name = "Antall mapper for hvert år"
    elements = ("mappe",)


class RegistrationsPerYear(PerYear):
    """Registrering by year."""

    id = "N5.18"
    name = "Antall registreringer for hvert år"
    elements = ("registrering",)


class EmptyFolders(Count):
    """Folders with neither registrations nor folders."""

    id = "N5.14"
    name = "Antall mapper uten registreringer eller undermapper"
    elements = ("mappe",)

    def take(self, element: Element) -> None:
        if not element.has("mappe", "registrering"):
            super().take(element)


class Statuses(Count):
    """Elements by a status of theirs; fails for each whose status is not one of those that a deposit may have."""

    can_fail = True
    status: ClassVar[str]
    allowed: ClassVar[frozenset[str]]

    def take(self, element: Element) -> None:
        super().take(element)
        status = element.text(self.status)
        if status not in self.allowed:
            text = f"{self.status} er «{status}»; i et uttrekk skal den være {' eller '.join(sorted(self.allowed))}."
            self.findings.at(element, text, line=element.line_of(self.status))

    def key(self, element: Element) -> str:
        return element.text(self.status)


class CaseStatuses(Statuses):
    """Saksstatus of each case file (saksmappe)."""

    id = "N5.15"
    name = "Antall av ulike saksmappestatuser"
    elements = ("mappe",)
    status = "saksstatus"
    allowed = frozenset({"Avsluttet", "Utgår"})

    def take(self, element: Element) -> None:
        if element.type == "saksmappe" or element.all("saksstatus"):
            super().take(element)


class JournalStatuses(Statuses):
    """Journalstatus of each journal entry."""

    id = "N5.22"
    name = "Antall av ulike journalstatuser"
    elements = ("registrering",)
    status = "journalstatus"
    allowed = frozenset({"Arkivert", "Utgår"})

    def take(self, element: Element) -> None:
        if element.type == "journalpost":
            super().take(element)


class DocumentStatuses(Statuses):
    """Dokumentstatus of each description of a document."""

    id = "N5.25"
    name = "Antall av ulike dokumentstatuser"
    elements = ("dokumentbeskrivelse",)
    status = "dokumentstatus"
    allowed = frozenset({"Dokumentet er ferdigstilt"})


class JournalEntryTypes(Count):
    """Journalposttype of each journal entry; fails when one is empty."""

    id = "N5.17"
    name = "Antall av ulike journalposttyper"
    can_fail = True
    elements = ("registrering",)

    def take(self, element: Element) -> None:
        if element.type == "journalpost":
            super().take(element)
            if not element.text("journalposttype"):
                self.findings.at(element, "journalposttype mangler.", line=element.line_of("journalposttype"))

    def key(self, element: Element) -> str:
        return element.text("journalposttype")


class WithoutDescription(UnlessVoid):
    """Registrations without a document; those that are struck out (Utgår) are left out."""

    id = "N5.21"
    name = "Antall registreringer uten dokumentbeskrivelse"
    elements = ("registrering",)

    def is_meant(self, element: Element) -> bool:
        return not element.has("dokumentbeskrivelse")

    def told(self, element: Element) -> str:
        return "Registreringen har ingen dokumentbeskrivelse."


class Descriptions(Count):
    """Dokumentbeskrivelse."""

    id = "N5.23"
    name = "Antall dokumentbeskrivelser"
    elements = ("dokumentbeskrivelse",)


class WithoutObject(UnlessVoid):
    """Descriptions without a document, but those on paper and those that are struck out (Utgår)."""

    id = "N5.24"
    name = "Antall dokumentbeskrivelser uten dokumentobjekt"
    elements = ("dokumentbeskrivelse",)

    def is_meant(self, element: Element) -> bool:
        return not element.has("dokumentobjekt") and element.text("dokumentmedium").lower() not in _PHYSICAL

    def told(self, element: Element) -> str:
        return "Dokumentbeskrivelsen har ikke noe dokumentobjekt."


class FirstAndLast(Check):
    """When the first and the last registration of each part were made; fails on a date that is none."""

    id = "N5.27"
    name = "Opprettelsesdatoer for første og siste registrering"
    can_fail = True

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.total = 0
        self.spans: dict[Element | None, tuple[date, date]] = {}

    def watches(self) -> Mapping[str, Watcher]:
        return {"registrering": self.take}

    def take(self, element: Element) -> None:
        """One registration."""
        self.total += 1
        text = element.text("opprettetDato")
        created = day(text)
        if created is None:
            line = element.line_of("opprettetDato")
            self.findings.at(element, f"opprettetDato er ikke en gyldig dato: «{text}».", line=line)
            return
        first, last = self.spans.get(element.part, (created, created))
        self.spans[element.part] = (min(first, created), max(last, created))

    def counts(self) -> dict[str, object]:
        spans = list(self.spans.items())
        told: dict[str, object] = {"total": self.total, "invalid": self.findings.number}
        if spans:
            told |= {"first": str(min(span[0] for _, span in spans)), "last": str(max(span[1] for _, span in spans))}
        if len(spans) > 1:
            told["parts"] = [{**named(part), "first": str(one), "last": str(other)} for part, (one, other) in spans]
        return told
