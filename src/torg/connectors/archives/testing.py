"""An archive in memory, with faults on demand, for tests and demonstrations."""

import itertools
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from torg.connectors.archives import contract
from torg.connectors.archives.contract import Arrived, Code, Corrected, Correction, Delivery, Failure, Pending, Receipt
from torg.connectors.contract import ChannelError, Gone, Refused

_YEAR = 2026


@dataclass
class FakeArchive:
    """A core in memory. `answers_at_once` makes it answer like the interface, else like Fiks Arkiv.

    `faults` are used up in order, one a call that acts; `takes_effect` as after a lost answer. `held_back` keeps the
    answers until `work`. `delivered` counts what was asked for, repetitions included.
    """

    answers_at_once: bool = True
    faults: deque[tuple[ChannelError, bool]] = field(default_factory=deque)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    cases: dict[str, tuple[int, bool]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    inbox: dict[str, Arrived] = field(default_factory=dict)
    handed_over: dict[object, Delivery] = field(default_factory=dict)
    refuses: str = ""
    delivered: int = 0
    looked: int = 0

    def __post_init__(self) -> None:
        self.capabilities = contract.Capabilities(
            answers_at_once=self.answers_at_once, finds_case_files=True, can_be_compared=True
        )
        self._journal, self._handles = itertools.count(900), itertools.count(1)

    def fail(self, error: ChannelError, *, takes_effect: bool = False) -> None:
        """Let the next act end in this error."""
        self.faults.append((error, takes_effect))

    def deliver(self, delivery: Delivery) -> Receipt | Pending:
        """Archive it, or lay it aside until `work`."""
        self.delivered += 1
        error, takes_effect = self.faults.popleft() if self.faults else (None, True)
        if error and not takes_effect:
            raise error
        answer: Receipt | Pending = Pending(delivery.id)
        if self.answers_at_once:
            if self.refuses:
                raise Refused(self.refuses, code="refused")
            answer = self._archive(delivery)
        else:
            self.handed_over.setdefault(delivery.id, delivery)
        if error:
            raise error
        return answer

    def work(self) -> None:
        """Answer what has been handed over."""
        for delivery in self.handed_over.values():
            handle = str(next(self._handles))
            refusal = Failure("refused", self.refuses)
            answer = refusal if self.refuses else self._archive(delivery)
            self.inbox[handle] = Arrived(handle, delivery.id, answer)
        self.handed_over.clear()

    def look(self, delivery: Delivery) -> Receipt | Pending | None:
        """What is known of it."""
        self.looked += 1
        if delivery.id in self.handed_over:
            return Pending(delivery.id)
        return self.receipts.get(delivery.registration.key)

    def correct(self, correction: Correction) -> Corrected | Pending:
        """Change the title."""
        error, takes_effect = self.faults.popleft() if self.faults else (None, True)
        if error and not takes_effect:
            raise error
        if correction.key not in self.receipts:
            raise Gone("The archive has no such registration.")
        self.titles[correction.key] = correction.title or self.titles[correction.key]
        if error:
            raise error
        return Corrected(correction.id)

    def collect(self) -> Iterator[Arrived]:
        """The answers that lie there."""
        return iter(list(self.inbox.values()))

    def acknowledge(self, handle: str) -> None:
        """Forget the answer."""
        self.inbox.pop(handle, None)

    def find_case_file(self, number: str) -> contract.FoundCase | None:
        """A case file by its number."""
        for key, (own, is_closed) in self.cases.items():
            if number == f"{_YEAR}/{own}":
                return contract.FoundCase(str(uuid5(NAMESPACE_OID, key)), number, "Sak", is_closed=is_closed)
        return None

    def code_lists(self) -> Mapping[str, Sequence[Code]]:
        """None of its own."""
        return {}

    def held(self, *, since: date) -> Collection[str]:
        """Everything, whenever it came."""
        return set(self.receipts)

    def check(self) -> str:
        """It stands."""
        error, _takes_effect = self.faults.popleft() if self.faults else (None, True)
        if error:
            raise error
        return "Sakarkiv"

    def _archive(self, delivery: Delivery) -> Receipt:
        key = delivery.registration.key
        if key in self.receipts:
            return replace(self.receipts[key], is_existing=True)
        number, _is_closed = self.cases.setdefault(delivery.case_file.key, (len(self.cases) + 1, False))
        self.titles[key] = delivery.registration.title
        self.receipts[key] = Receipt(
            key=key,
            system_id=str(uuid5(NAMESPACE_OID, key)),
            case_system_id=str(uuid5(NAMESPACE_OID, delivery.case_file.key)),
            case_year=_YEAR,
            case_number=number,
            journal_year=_YEAR,
            journal_sequence=next(self._journal),
            entry_number=len(self.receipts) + 1,
        )
        return self.receipts[key]
