"""Text messages through any gateway that takes JSON or a form over HTTPS: the template says how, none is built in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from torg.connectors.services.fetch import Door, post

FIELDS = ("to", "text", "id")
_FIELD = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")
_MAX_ANSWER_BYTES = 64_000
_MAX_SECONDS = 8.0
_MAX_RECEIPT = 200
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


@dataclass(frozen=True, slots=True)
class Filled:
    """A request as it goes out."""

    media_type: str
    body: bytes = field(repr=False)


def send(way: Way, *, to: str, text: str, message_id: str) -> str:
    """Hand one message over; returns the gateway's receipt, or our own id where it gives none.

    Raises NotTaken for an answer that is not 2xx, fetch.FetchProblem (Blocked, TooLarge, Unreached).
    """
    wanted = filled(way.template, {"to": to, "text": text, "id": message_id})
    headers = {"Content-Type": wanted.media_type, **({way.header: way.key} if way.key else {})}
    door = Door(allow_loopback=way.allow_loopback, max_bytes=_MAX_ANSWER_BYTES, max_seconds=_MAX_SECONDS)
    answer = post(way.address, door=door, body=wanted.body, headers=headers)
    if not 200 <= answer.status < 300:
        raise NotTaken(str(answer.status))
    return _receipt(answer.body) or message_id


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


def _receipt(body: bytes) -> str:
    """What the gateway calls the message; empty where it says nothing that can be kept and shown."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    told = told[0] if isinstance(told, list) and told else told
    if not isinstance(told, dict):
        return ""
    named = (told.get(name) for name in _RECEIPTS)
    found = next((str(each) for each in named if isinstance(each, str | int) and each), "")
    return "".join(sign for sign in found if sign.isprintable())[:_MAX_RECEIPT]
