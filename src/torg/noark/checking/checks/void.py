"""Counting what is not struck out: a folder's or registration's status Utgår stands after what lies inside it."""

from collections.abc import Mapping
from typing import NamedTuple

from torg.noark.checking.checks.parts import Count
from torg.noark.checking.deposit import Deposit
from torg.noark.checking.elements import Element
from torg.noark.checking.reading import Watcher
from torg.noark.checking.results import Finding, found_at

_STATUSES = ("saksstatus", "journalstatus", "moeteregistreringsstatus")
_AROUND = ("registrering", "mappe")


class Held(NamedTuple):
    """What is to be told of an element that is not kept itself: a folder may have a hundred thousand of them."""

    part: Element | None
    place: Finding


class UnlessVoid(Count):
    """Counts, and tells of, elements that are meant, when nothing around them turns out to be struck out."""

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self._waiting: dict[Element, list[Held]] = {}

    def is_meant(self, element: Element) -> bool:
        """Whether the test is about this element."""
        return True

    def told(self, element: Element) -> str:
        """What the report says of it."""
        return ""

    def watches(self) -> Mapping[str, Watcher]:
        return dict.fromkeys((*self.elements, *_AROUND), self.take)

    def take(self, element: Element) -> None:
        held = self._waiting.pop(element, [])
        if element.name in self.elements and self.is_meant(element):
            held.append(Held(element.part, found_at(element, self.told(element))))
        if held and not any(element.text(status) == "Utgår" for status in _STATUSES):
            self._pass_on(element, held)

    def _pass_on(self, element: Element, held: list[Held]) -> None:
        around = element.parent
        while around is not None and around.name not in _AROUND:
            around = around.parent
        if around is not None:
            self._waiting.setdefault(around, []).extend(held)
            return
        for one in held:
            self.tally.add_to(one.part)
            self.notes.take(one.place)
