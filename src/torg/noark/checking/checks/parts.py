"""Archives, their parts (arkivdel) and additions that are only counted."""

from collections.abc import Mapping
from typing import ClassVar

from torg.noark.checking.check import Check
from torg.noark.checking.deposit import Deposit
from torg.noark.checking.elements import Element
from torg.noark.checking.reading import Watcher
from torg.noark.checking.results import Tally


class Count(Check):
    """Counts elements of some names; by nothing, by a value of theirs, or by what they stand in."""

    elements: ClassVar[tuple[str, ...]] = ()

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.tally = Tally()

    def watches(self) -> Mapping[str, Watcher]:
        return dict.fromkeys(self.elements, self.take)

    def take(self, element: Element) -> None:
        """Look at one."""
        self.tally.add(element, self.key(element))

    def key(self, element: Element) -> str:
        """By what it is counted."""
        return ""

    def counts(self) -> dict[str, object]:
        return self.tally.counts()


def around(element: Element) -> str:
    """What an element stands in: the name and, when it has one, the kind."""
    if element.parent is None:
        return ""
    return element.parent.type or element.parent.name


class Archives(Count):
    """Arkiv, those inside others too."""

    id = "N5.04"
    name = "Antall arkiv"
    elements = ("arkiv",)


class Parts(Count):
    """Arkivdeler; of all archives together."""

    id = "N5.05"
    name = "Antall arkivdeler"
    elements = ("arkivdel",)

    def counts(self) -> dict[str, object]:
        return {"total": self.tally.total}


class StatusOfParts(Count):
    """Arkivdelstatus."""

    id = "N5.06"
    name = "Status på arkivdeler"
    elements = ("arkivdel",)

    def key(self, element: Element) -> str:
        return element.text("arkivdelstatus")


class Parties(Count):
    """Part (sakspart before version 5.0), by what they are party to."""

    id = "N5.35"
    name = "Antall parter"
    elements = ("part", "sakspart")

    def key(self, element: Element) -> str:
        return around(element)


class Remarks(Count):
    """Merknad, by what they are about."""

    id = "N5.36"
    name = "Antall merknader"
    elements = ("merknad",)

    def key(self, element: Element) -> str:
        return around(element)


class CrossReferences(Count):
    """Kryssreferanse: each reference counts, by what it points to."""

    id = "N5.37"
    name = "Antall kryssreferanser"
    elements = ("kryssreferanse",)
    kinds = ("referanseTilKlasse", "referanseTilMappe", "referanseTilRegistrering", "referanseTilBasisregistrering")

    def take(self, element: Element) -> None:
        for kind in self.kinds:
            for _ in element.all(kind):
                self.tally.add(element, kind)


class Precedents(Count):
    """Presedens, by what they stand in."""

    id = "N5.38"
    name = "Antall presedenser"
    elements = ("presedens",)

    def key(self, element: Element) -> str:
        return around(element)


class Correspondents(Count):
    """Korrespondansepart, by kind."""

    id = "N5.39"
    name = "Antall korrespondanseparter"
    elements = ("korrespondansepart",)

    def key(self, element: Element) -> str:
        return element.text("korrespondanseparttype")


class SignedOff(Count):
    """Avskrivning, by the way it was done."""

    id = "N5.40"
    name = "Antall avskrivninger"
    elements = ("avskrivning",)

    def key(self, element: Element) -> str:
        return element.text("avskrivningsmaate")


class DocumentFlows(Count):
    """Dokumentflyt."""

    id = "N5.41"
    name = "Antall dokumentflyter"
    elements = ("dokumentflyt",)


class Gradings(Count):
    """Gradering; before version 5.0 the grade inside it had the same name and is not counted."""

    id = "N5.43"
    name = "Antall graderinger"
    elements = ("gradering",)

    def take(self, element: Element) -> None:
        if around(element) != "gradering":
            super().take(element)

    def key(self, element: Element) -> str:
        return around(element)


class Conversions(Count):
    """Konvertering of a dokumentobjekt."""

    id = "N5.46"
    name = "Antall konverterte dokumenter"
    elements = ("konvertering",)

    def take(self, element: Element) -> None:
        if around(element) == "dokumentobjekt":
            super().take(element)
