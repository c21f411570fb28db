"""Text messages through any gateway that takes JSON or a form over HTTPS: how it is spoken to and read is data.

None is built in. A template says what it is sent, and rules say what its answer and its delivery reports mean.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from torg.connectors.services.fetch import Door, post
from torg.connectors.services.saying import SOMETHING, Place, Said

# `msisdn` is the number in digits only; `report` the address to which delivery reports go.
FIELDS = ("to", "msisdn", "text", "id", "key", "report")
_FIELD = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")
_STATUSES = re.compile(r"(\d{3})(?:-(\d{3}))?")
_MAX_ANSWER_BYTES = 64_000
_MAX_SECONDS = 8.0
# Where gateways put what they call the message, where nobody has said where; the first that is there is the receipt.
_RECEIPTS = tuple(
    Place.of(f"{start}{name}")
    for start in ("", "0.")
    for name in ("id", "messageId", "message_id", "reference", "requestId")
)


class NotTaken(Exception):
    """The gateway answered, and did not take the message; `code` is its status or what it says is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """What an answer must be for the message to count as taken. Places are written as `saying.Place` reads them.

    Attributes:
        statuses: HTTP statuses that will do, such as `200-299` or `200,202`.
        accepted: what must stand in the answer.
        failed: what must not: where something stands there it is not taken, whatever the status.
        receipt: where the gateway's name for the message stands; it must, once this is said.
    """

    statuses: str = "200-299"
    accepted: str = ""
    failed: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class ReportRule:
    """How a delivery report is read. A gateway that has none has an empty `message`.

    Attributes:
        each: where the list of reports stands, for a gateway that sends several at once.
        message: where the message is named, by the gateway's receipt or by our `{id}`.
        delivered: what says that it has reached the phone.
        failed: what says that it never will.
    """

    each: str = ""
    message: str = ""
    delivered: str = ""
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a gateway says became of one message; `code` is what it said in its own words."""

    message: str
    is_delivered: bool
    code: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A gateway: where, in which form, how its answer is read, and the header that carries its key."""

    address: str
    template: str
    header: str = "Authorization"
    key: str = field(default="", repr=False)
    report_to: str = field(default="", repr=False)
    rule: AnswerRule = field(default_factory=AnswerRule)
    allow_loopback: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A request as it goes out."""

    media_type: str
    body: bytes = field(repr=False)


def send(way: Way, *, to: str, text: str, message_id: str) -> str:
    """Hand one message over; returns the gateway's receipt, or our own id where it gives none.

    Raises NotTaken for an answer that the rule does not take, fetch.FetchProblem (Blocked, TooLarge, Unreached).
    """
    digits = "".join(sign for sign in to if sign.isdecimal())
    values = {"to": to, "msisdn": digits, "text": text, "id": message_id, "key": way.key, "report": way.report_to}
    wanted = filled(way.template, values)
    is_in_body = "{key}" in way.template
    headers = {"Content-Type": wanted.media_type, "Accept": "application/json"}
    headers |= {way.header: way.key} if way.key and not is_in_body else {}
    door = Door(allow_loopback=way.allow_loopback, max_bytes=_MAX_ANSWER_BYTES, max_seconds=_MAX_SECONDS)
    answer = post(way.address, door=door, body=wanted.body, headers=headers)
    return judged(way.rule, answer.status, answer.body) or message_id


def judged(rule: AnswerRule, status: int, body: bytes) -> str:
    """The receipt of an answer that takes the message; empty where it names none. Raises NotTaken."""
    said = Said.of(body)
    failed = Place.of(rule.failed).problem(said) if rule.failed else ""
    if failed:
        raise NotTaken(failed)
    if not any(first <= status <= last for first, last in statuses(rule.statuses)):
        raise NotTaken(str(status))
    if rule.accepted and not Place.of(rule.accepted).find(said):
        raise NotTaken(f"{status}, not accepted")
    places = [Place.of(rule.receipt)] if rule.receipt else _RECEIPTS
    receipt = next((found for place in places if (found := place.find(said)) not in {"", SOMETHING}), "")
    if rule.receipt and not receipt:
        raise NotTaken(f"{status}, no receipt")
    return receipt


def reports(rule: ReportRule, body: bytes) -> Iterator[Report]:
    """What a delivery report says, as far as it is of messages that have come to an end."""
    for said in Said.of(body).parts(rule.each):
        message = Place.of(rule.message).find(said)
        arrived = Place.of(rule.delivered).find(said) if rule.delivered else ""
        failed = Place.of(rule.failed).find(said) if rule.failed else ""
        if message and (arrived or failed):
            yield Report(message, bool(arrived), arrived or failed)


def check(answer: AnswerRule, report: ReportRule) -> None:
    """Raises ValueError for rules that cannot be read."""
    if not statuses(answer.statuses):
        raise ValueError(answer.statuses)
    if report.message and not report.delivered:
        raise ValueError(report.message)
    places = (answer.accepted, answer.failed, answer.receipt, report.each, report.message)
    for written in (*places, report.delivered, report.failed):
        if written:
            Place.of(written)


def statuses(written: str) -> list[tuple[int, int]]:
    """The ranges of statuses; raises ValueError."""
    parts = [_STATUSES.fullmatch(part.strip()) for part in written.split(",") if part.strip()]
    if None in parts:
        raise ValueError(written)
    return [(int(part[1]), int(part[2] or part[1])) for part in parts if part]


def filled(template: str, values: Mapping[str, str]) -> Filled:
    """The template with its fields filled in: JSON when it begins as JSON does, else a form (`to={to}&text={text}`).

    It is taken apart first and filled afterwards, so that no text can break out of its place. Raises ValueError.
    """
    if template.lstrip().startswith(("{", "[")) and not _FIELD.match(template.lstrip()):
        body = json.dumps(_fill(json.loads(template), values)).encode()
        return Filled("application/json", body)
    parts = parse_qsl(template.strip(), keep_blank_values=True, strict_parsing=True)
    body = urlencode([(name, _fill(value, values)) for name, value in parts]).encode()
    return Filled("application/x-www-form-urlencoded", body)


def _fill(part: object, values: Mapping[str, str]) -> object:
    if isinstance(part, str):
        # In one go: a field that stands in somebody's text stays as they wrote it.
        return _FIELD.sub(lambda found: values[found[1]], part)
    if isinstance(part, list):
        return [_fill(each, values) for each in part]
    if isinstance(part, dict):
        return {name: _fill(each, values) for name, each in part.items()}
    return part
