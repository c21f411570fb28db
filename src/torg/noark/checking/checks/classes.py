"""Classification systems (klassifikasjonssystem) and their classes (klasse)."""

from collections import Counter
from collections.abc import Mapping
from typing import ClassVar

from torg.noark.checking.check import Check
from torg.noark.checking.checks.parts import Count
from torg.noark.checking.deposit import Deposit
from torg.noark.checking.elements import Element
from torg.noark.checking.reading import Watcher

_LISTED = 1000


class ClassificationSystems(Count):
    """Klassifikasjonssystem."""

    id = "N5.07"
    name = "Antall klassifikasjonssystem"
    elements = ("klassifikasjonssystem",)


class Classes(Check):
    """Klasse, by system and level; a system with folders or registrations is primary."""

    id = "N5.08"
    name = "Antall klasser"

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.levels: Counter[int] = Counter()
        self.is_primary = False
        self.total = 0
        self.systems: list[dict[str, object]] = []

    def watches(self) -> Mapping[str, Watcher]:
        return {"klasse": self.take_class, "klassifikasjonssystem": self.take_system}

    def take_class(self, element: Element) -> None:
        """One class."""
        self.total += 1
        self.levels[element.level()] += 1
        self.is_primary = self.is_primary or element.has("mappe", "registrering")

    def take_system(self, element: Element) -> None:
        """The end of a system: its classes have been seen."""
        if len(self.systems) < _LISTED:
            self.systems.append(
                {
                    "systemID": element.text("systemID"),
                    "title": element.text("tittel"),
                    "part": element.part.text("systemID") if element.part else "",
                    "primary": self.is_primary,
                    "total": self.levels.total(),
                    "levels": {str(level): number for level, number in sorted(self.levels.items())},
                }
            )
        self.levels.clear()
        self.is_primary = False

    def counts(self) -> dict[str, object]:
        return {"total": self.total, "systems": self.systems}


class EmptyClasses(Check):
    """Classes of the primary systems without subclasses, folders and registrations."""

    id = "N5.09"
    name = "Antall klasser i det primære klassifikasjonssystemet uten underklasser, mapper eller registreringer"

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.empty = 0
        self.is_primary = False
        self.by_system: Counter[str] = Counter()

    def watches(self) -> Mapping[str, Watcher]:
        return {"klasse": self.take_class, "klassifikasjonssystem": self.take_system}

    def take_class(self, element: Element) -> None:
        """One class."""
        self.empty += not element.has("klasse", "mappe", "registrering")
        self.is_primary = self.is_primary or element.has("mappe", "registrering")

    def take_system(self, element: Element) -> None:
        """The end of a system; only a primary one counts."""
        if self.is_primary and self.empty:
            self.by_system[element.text("systemID")] += self.empty
        self.empty, self.is_primary = 0, False

    def counts(self) -> dict[str, object]:
        return {"total": self.by_system.total(), "by": dict(self.by_system)}


class NoClassWithBoth(Count):
    """No class may have both subclasses and something else directly inside."""

    can_fail = True
    elements = ("klasse",)
    other: ClassVar[str]
    others: ClassVar[str]

    def take(self, element: Element) -> None:
        if element.has("klasse") and element.has(self.other):
            super().take(element)
            self.findings.at(element, f"Klassen har både underklasser og {self.others}.")


class NoFoldersBesideSubclasses(NoClassWithBoth):
    """Folders lie in the lowest classes only."""

    id = "N5.12"
    name = "Klasser med både underklasse(r) og mappe(r)"
    other = "mappe"
    others = "mapper"


class NoRegistrationsBesideSubclasses(NoClassWithBoth):
    """Registrations lie in the lowest classes only."""

    id = "N5.19"
    name = "Klasser med både underklasse(r) og registrering(er)"
    other = "registrering"
    others = "registreringer"


class PerClass(Check):
    """What lies directly in each class, and how many classes have none."""

    inside: ClassVar[str]

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self.by_class: dict[str, int] = {}
        self.total = 0
        self.without = 0

    def watches(self) -> Mapping[str, Watcher]:
        return {"klasse": self.take}

    def take(self, element: Element) -> None:
        """One class."""
        number = element.children.get(self.inside, 0)
        self.total += number
        self.without += not number
        if number and len(self.by_class) < _LISTED:
            key = element.text("systemID")
            self.by_class[key] = self.by_class.get(key, 0) + number

    def counts(self) -> dict[str, object]:
        return {"total": self.total, "by": self.by_class, "classes_without": self.without}


class FoldersPerClass(PerClass):
    """Mappe by klasse."""

    id = "N5.13"
    name = "Antall mapper for hver klasse"
    inside = "mappe"


class RegistrationsPerClass(PerClass):
    """Registrering by klasse, those in folders not counted."""

    id = "N5.20"
    name = "Antall registreringer for hver klasse (ikke medregnet registreringer under mappe)"
    inside = "registrering"
