"""Tests of what arkivuttrekk.xml says about the contents, by numbers and flags, against what is there."""

from typing import ClassVar

from torg.noark.checking.checks.parts import Count, around
from torg.noark.checking.elements import Element
from torg.noark.checking.package import STATED, STRUCTURE


class Flagged(Count):
    """Elements whose presence arkivuttrekk.xml must state with a flag: fails when it says otherwise."""

    can_fail = True
    needs = (STRUCTURE, STATED)
    flag: ClassVar[str]

    def key(self, element: Element) -> str:
        return around(element)

    def finish(self) -> None:
        stated = self.deposit.stated is not None and self.deposit.stated.flag(self.flag)
        if stated and not self.tally.total:
            self.findings.add(f"{self.flag} er oppgitt som true, men ingen finnes i arkivstrukturen.", file=STATED)
        if self.tally.total and not stated:
            text = f"{self.flag} er ikke oppgitt som true, men arkivstrukturen har {self.tally.total}."
            self.findings.add(text, file=STATED)


class Restrictions(Flagged):
    """Skjerming against inneholderSkjermetInformasjon."""

    id = "N5.42"
    name = "Antall skjerminger"
    elements = ("skjerming",)
    flag = "inneholderSkjermetInformasjon"


class Disposals(Flagged):
    """Kassasjon against inneholderDokumenterSomSkalKasseres."""

    id = "N5.44"
    name = "Antall kassasjonsvedtak"
    elements = ("kassasjon",)
    flag = "inneholderDokumenterSomSkalKasseres"


class DisposalsDone(Flagged):
    """UtfoertKassasjon of a part or a dokumentbeskrivelse against omfatterDokumenterSomErKassert."""

    id = "N5.45"
    name = "Antall utførte kassasjoner"
    elements = ("utfoertKassasjon",)
    flag = "omfatterDokumenterSomErKassert"

    def take(self, element: Element) -> None:
        if around(element) in {"arkivdel", "dokumentbeskrivelse"}:
            super().take(element)


class Numbered(Count):
    """Elements whose number arkivuttrekk.xml must state; fails when it states another or none."""

    can_fail = True
    needs = (STRUCTURE, STATED)

    def finish(self) -> None:
        wanted = self.elements[0]
        stated = self.deposit.stated.occurrences(STRUCTURE, wanted) if self.deposit.stated else None
        if stated is None:
            self.findings.add(f"Antall {wanted} er ikke oppgitt i {STATED}.", file=STATED)
        elif not stated.isascii() or not stated.isdigit() or int(stated[:18]) != self.tally.total:
            text = f"{STATED} oppgir {stated} {wanted}, arkivstrukturen har {self.tally.total}."
            self.findings.add(text, file=STATED)

    def counts(self) -> dict[str, object]:
        stated = self.deposit.stated.occurrences(STRUCTURE, self.elements[0]) if self.deposit.stated else None
        return {**super().counts(), "stated": stated}


class Folders(Numbered):
    """Mappe, by kind and by level where folders stand in folders."""

    id = "N5.10"
    name = "Antall mapper"
    elements = ("mappe",)

    def key(self, element: Element) -> str:
        level = element.level()
        kind = element.type or "mappe"
        return kind if level == 1 else f"{kind}, nivå {level}"


class Registrations(Numbered):
    """Registrering, by kind."""

    id = "N5.16"
    name = "Antall registreringer"
    elements = ("registrering",)

    def key(self, element: Element) -> str:
        return element.type or "registrering"
