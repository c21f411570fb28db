"""Counting what is not struck out: a folder's or registration's status Utgår stands after what lies inside it."""

from collections.abc import Mapping

from torg.noark.checking.checks.parts import Count
from torg.noark.checking.deposit import Deposit
from torg.noark.checking.elements import Element
from torg.noark.checking.reading import Watcher

_STATUSES = ("saksstatus", "journalstatus", "moeteregistreringsstatus")
_AROUND = ("registrering", "mappe")


class UnlessVoid(Count):
    """Counts, and tells of, elements that are meant, when nothing around them turns out to be struck out."""

    def __init__(self, deposit: Deposit) -> None:
        super().__init__(deposit)
        self._waiting: dict[Element, list[Element]] = {}

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
            held.append(element)
        if held and not any(element.text(status) == "Utgår" for status in _STATUSES):
            self._pass_on(element, held)

    def _pass_on(self, element: Element, held: list[Element]) -> None:
        around = element.parent
        while around is not None and around.name not in _AROUND:
            around = around.parent
        if around is not None:
            self._waiting.setdefault(around, []).extend(held)
            return
        for one in held:
            self.tally.add(one)
            self.notes.at(one, self.told(one))
