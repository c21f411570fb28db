"""One call of the Graph API: its parameters from query, form or JSON, and who makes it."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from devtools.graph_standin import errors, fieldspec
from devtools.graph_standin.clock import seconds_of
from devtools.graph_standin.records import Token
from devtools.graph_standin.world import World

MOST_ROWS = 100
USUAL_ROWS = 25


@dataclass
class Call:
    """What a handler is told. `withheld` names what a fault keeps back: `from`, `attachments`."""

    world: World
    method: str
    version: str
    path: str
    base_url: str
    params: dict[str, str]
    token: Token | None = None
    withheld: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        return self.params.get(name, "")

    def required(self, name: str) -> str:
        if name not in self.params:
            raise errors.bad_parameter(f"The parameter {name} is required")
        return self.params[name]

    def flag(self, name: str, otherwise: bool) -> bool:
        value = self.params.get(name)
        return otherwise if value is None else value.lower() in ("true", "1")

    def number(self, name: str, otherwise: int) -> int:
        try:
            return int(self.params.get(name, otherwise))
        except ValueError:
            raise errors.bad_parameter(f"Param {name} must be an integer") from None

    def moment(self, name: str) -> float | None:
        try:
            return seconds_of(self.params[name]) if self.params.get(name) else None
        except ValueError:
            raise errors.bad_parameter(f"Param {name} must be a valid date") from None

    def structure(self, name: str) -> dict[str, Any]:
        """A parameter that is a JSON object."""
        try:
            value = json.loads(self.params.get(name) or "{}")
        except ValueError:
            raise errors.bad_parameter(f"Param {name} must be a JSON object") from None
        if not isinstance(value, dict):
            raise errors.bad_parameter(f"Param {name} must be a JSON object")
        return value

    def several(self, name: str) -> list[Any]:
        """A list: as JSON, with commas, or as name[0], name[1]."""
        numbered = [self.params[key] for key in sorted(self.params) if key.startswith(f"{name}[")]
        if numbered:
            return [_read_json(one) for one in numbered]
        text = self.params.get(name, "")
        value = _read_json(text)
        if isinstance(value, list):
            return value
        if isinstance(value, dict):
            return [value]
        return [part.strip() for part in text.split(",") if part.strip()]

    def wanted(self, usual: Sequence[str]) -> list[fieldspec.Wanted]:
        text = self.text("fields")
        if not text:
            return [fieldspec.Wanted(name) for name in usual]
        try:
            return fieldspec.parse(text)
        except ValueError as problem:
            raise errors.GraphError(2500, str(problem)) from None

    @property
    def may_see_people(self) -> bool:
        return self.token is not None and "pages_read_user_content" in self.token.scopes


def _read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


async def read_params(request: Request) -> dict[str, str]:
    """Query, then body; a JSON body's structures become JSON text, as if they came in a form."""
    params = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "")
    if not body:
        return params
    if kind.startswith("application/json"):
        return params | _from_json(body)
    if kind.startswith("multipart/form-data"):
        return params | _from_multipart(kind, body)
    return params | dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def _from_json(body: bytes) -> dict[str, str]:
    try:
        content = json.loads(body)
    except ValueError:
        raise errors.bad_parameter("The request body is not valid JSON") from None
    if not isinstance(content, dict):
        raise errors.bad_parameter("The request body must be a JSON object")
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in content.items()}


def _from_multipart(kind: str, body: bytes) -> dict[str, str]:
    """Texts as they are; of a file only its name and size, for the stand-in keeps no pictures."""
    params = {}
    for part in message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body).walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        file_name = part.get_filename()
        params[name] = f"{file_name}#{len(content)}" if file_name else content.decode(errors="replace")
    return params


def proof_of(token: str, app_secret: str) -> str:
    """`appsecret_proof`: HMAC-SHA256 of the token with the app's secret, in hex."""
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def check_token(world: World, value: str, proof: str) -> Token:
    """The token behind `value`; the app's own token is `id|secret`. Raises GraphError."""
    settings = world.settings
    if not value:
        raise errors.NO_TOKEN
    if proof and not hmac.compare_digest(proof, proof_of(value, settings.app_secret)):
        raise errors.BAD_PROOF
    if settings.must_prove and not proof and "|" not in value:
        raise errors.NO_PROOF
    found = known_token(world, value)
    if found is None:
        raise errors.BAD_TOKEN
    if not found.is_valid:
        raise errors.DEAD_TOKEN
    if found.expires and found.expires <= world.clock.now():
        raise errors.EXPIRED_TOKEN
    return found


def known_token(world: World, value: str) -> Token | None:
    app_id, bar, secret = value.partition("|")
    if bar:
        is_right = hmac.compare_digest(secret, world.settings.app_secret)
        return Token(value, "APP", scopes=[]) if is_right and app_id.isdigit() else None
    return next((token for token in world.state.tokens if token.value == value), None)
