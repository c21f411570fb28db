"""Text messages through any gateway that takes JSON over HTTPS: the template says how, so no supplier is built in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from torg.connectors.services.fetch import Door, post

_MAX_ANSWER_BYTES = 64_000
_MAX_SECONDS = 8.0
# Where gateways put what they call the message; the first that is there is the receipt.
_RECEIPTS = ("id", "messageId", "message_id", "reference", "requestId")


class NotTaken(Exception):
    """The gateway answered, and did not take the message; `code` is its status."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Way:
    """A gateway: where, in which form, and the header that carries its key."""

    address: str
    template: str
    header: str = "Authorization"
    key: str = field(default="", repr=False)
    allow_loopback: bool = False


def send(way: Way, *, to: str, text: str, message_id: str) -> str:
    """Hand one message over; returns the gateway's receipt, or our own id where it gives none.

    Raises NotTaken for an answer that is not 2xx, fetch.FetchProblem (Blocked, TooLarge, Unreached).
    """
    body = json.dumps(filled(way.template, {"to": to, "text": text, "id": message_id})).encode()
    headers = {"Content-Type": "application/json", **({way.header: way.key} if way.key else {})}
    door = Door(allow_loopback=way.allow_loopback, max_bytes=_MAX_ANSWER_BYTES, max_seconds=_MAX_SECONDS)
    answer = post(way.address, door=door, body=body, headers=headers)
    if not 200 <= answer.status < 300:
        raise NotTaken(str(answer.status))
    return _receipt(answer.body) or message_id


def filled(template: str, values: Mapping[str, str]) -> object:
    """The template's JSON with its fields filled in.

    It is read as JSON first and filled afterwards, so that no text can break out of its place.
    """
    return _fill(json.loads(template), values)


def _fill(part: object, values: Mapping[str, str]) -> object:
    if isinstance(part, str):
        for name, value in values.items():
            if part == f"{{{name}}}":
                return value
        return part
    if isinstance(part, list):
        return [_fill(each, values) for each in part]
    if isinstance(part, dict):
        return {name: _fill(each, values) for name, each in part.items()}
    return part


def _receipt(body: bytes) -> str:
    try:
        told = json.loads(body)
    except ValueError:
        return ""
    told = told[0] if isinstance(told, list) and told else told
    if not isinstance(told, dict):
        return ""
    return next((str(told[name])[:200] for name in _RECEIPTS if told.get(name)), "")
