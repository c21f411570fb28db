"""Logging in by whichever mechanism the core offers: OpenID Connect, OAuth 2, nikita's JWT, or Basic."""

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from torg.connectors.archives.noark_rest.rels import links_of, login_link
from torg.connectors.contract import CredentialsDead, Refused, Temporary

if TYPE_CHECKING:
    from torg.connectors.archives.noark_rest.api import Answer

OIDC, OAUTH, JWT, BASIC = "oidc", "rfc6749", "rfc7519", "rfc7617"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What we log in with: a user's name and password, a client's id and secret, or both."""

    username: str = ""
    password: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)


class Call(Protocol):
    """A call without a token."""

    def __call__(self, method: str, href: str, **request: Any) -> "Answer":
        """The answer, whatever its status."""


class Login:
    """Gets what goes into the `Authorization` header."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def authorization(self, call: Call, root: str) -> str:
        """Log in by the safest mechanism that the root lists; raises CredentialsDead, Refused or Temporary."""
        links = links_of(_told(call("GET", root, headers={"Accept": "application/vnd.noark5+json"})))
        if href := login_link(links, OIDC):
            return self._by_token(call, _text(_told(call("GET", href)), "token_endpoint"))
        if href := login_link(links, OAUTH):
            return self._by_token(call, href)
        if href := login_link(links, JWT):
            return self._by_password(call, href)
        if login_link(links, BASIC) and self._credentials.username:
            return _basic(self._credentials.username, self._credentials.password)
        raise Refused("The archive offers no way to log in that we know.", code="no-login")

    def _by_token(self, call: Call, href: str) -> str:
        own = self._credentials
        form = {"grant_type": "client_credentials"}
        if own.username:
            form = {"grant_type": "password", "username": own.username, "password": own.password}
        headers = {"Authorization": _basic(own.client_id, own.client_secret)} if own.client_id else {}
        told = _told(call("POST", href, data=form, headers=headers))
        return f"{_text(told, 'token_type', 'Bearer').capitalize()} {_text(told, 'access_token')}"

    def _by_password(self, call: Call, href: str) -> str:
        own = self._credentials
        told = _told(call("POST", href, json={"username": own.username, "password": own.password}))
        return f"Bearer {_text(told, 'token')}"


def _told(answer: "Answer") -> dict[str, Any]:
    if answer.status in (400, 401, 403):
        raise CredentialsDead("The archive does not accept our name and password.", code=str(answer.status))
    if not 200 <= answer.status < 300:
        raise Temporary("The archive's log-in does not answer.", code=str(answer.status))
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise Temporary("The archive's log-in gave no readable answer.") from error
    if not isinstance(told, dict):
        raise Temporary("The archive's log-in gave no readable answer.")
    return told


def _text(told: dict[str, Any], name: str, otherwise: str = "") -> str:
    value = told.get(name) or otherwise
    if not isinstance(value, str) or not value:
        raise Temporary("The archive's log-in gave no token.")
    return value


def _basic(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()
