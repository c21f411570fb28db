"""An archive behind Fiks Arkiv: messages are handed to a transport, answers come when they come."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from torg.connectors.archives import contract
from torg.connectors.archives.contract import Arrived, Correction, Delivery, Failure, Pending, Receipt
from torg.connectors.archives.fiks_arkiv import messages
from torg.connectors.archives.fiks_arkiv.answers import understand
from torg.connectors.archives.fiks_arkiv.messages import Incoming, Outgoing, Part, Transport, Unreadable
from torg.connectors.contract import Refused

UNREADABLE = "unreadable"


class FiksArchive:
    """Fiks Arkiv v1, one registration a message. What the core knows is asked for in other ways than this."""

    capabilities = contract.Capabilities(answers_at_once=False)

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def deliver(self, delivery: Delivery) -> Pending:
        """Hand the message over; the same message id again changes nothing."""
        files = tuple(Part(file.name, file.media_type, file.open, file.sha256) for file in delivery.files)
        return self._hand_over(messages.CREATE, delivery.id, delivery.system, delivery.message, files)

    def look(self, delivery: Delivery) -> Receipt | Pending | None:
        """What has come in answer to this message, or that it is on its way."""
        found: Receipt | Pending | None = Pending(delivery.id) if self._transport.has(delivery.id) else None
        for incoming in self._transport.answers_to(delivery.id):
            answer = _understood(incoming)
            if isinstance(answer, Receipt):
                return answer
            if isinstance(answer, Pending):
                found = answer
        return found

    def correct(self, correction: Correction) -> Pending:
        """Hand an update message over."""
        return self._hand_over(messages.UPDATE, correction.id, correction.system, correction.message, ())

    def collect(self) -> Iterator[Arrived]:
        """The answers that lie there; one that cannot be read is a failure that a person must see."""
        for incoming in self._transport.answers():
            if isinstance(incoming, Incoming):
                yield Arrived(incoming.handle, incoming.answers, _understood(incoming))
            else:
                handle, problem = incoming
                yield Arrived(handle, None, Failure(UNREADABLE, str(problem)))

    def acknowledge(self, handle: str) -> None:
        """Lay the answer aside."""
        self._transport.acknowledge(handle)

    def find_case_file(self, number: str) -> None:
        """Not possible here: a message names the number, and the core refuses it when there is none such."""
        raise Refused("Fiks Arkiv answers no questions in this way; the archive checks the number on delivery.")

    def code_lists(self) -> Mapping[str, Sequence[contract.Code]]:
        """Not possible here."""
        raise Refused("Fiks Arkiv answers no questions in this way.")

    def held(self, *, since: date) -> Collection[str]:
        """Not possible here: what has no receipt is what is missing."""
        raise Refused("Fiks Arkiv answers no questions in this way.")

    def check(self) -> str:
        """Whether the hand-over place stands open."""
        return self._transport.check()

    def _hand_over(self, type: str, id: UUID, system: str, message: bytes, files: tuple[Part, ...]) -> Pending:
        if not message:
            raise Refused("The message to the archive is empty.")
        payload = Part.of(messages.PAYLOAD, "application/xml", message)
        self._transport.put(Outgoing(id, type, system, (payload, *files)))
        return Pending(id)


def _understood(incoming: Incoming) -> Receipt | contract.Corrected | Pending | Failure:
    try:
        return understand(incoming)
    except Unreadable as problem:
        return Failure(UNREADABLE, str(problem))
