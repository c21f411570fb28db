"""eInnsyn, the state's portal of public journals: send a request, and find by our own key what it has."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

import httpx

from torg.connectors import contract
from torg.connectors.services.door import Door, FetchProblem
from torg.connectors.services.fetch import open_client, read_within

_MAX_ANSWER_BYTES = 2_000_000
_SECONDS = 20
_SILENT = (httpx.TimeoutException, httpx.RemoteProtocolError, httpx.ReadError)


@dataclass(frozen=True, slots=True)
class Portal:
    """One journal's access to eInnsyn: the API's root and the key (header API-KEY).

    Its methods raise the errors of `contract`: Temporary when nothing took effect, Ambiguous when a request went out
    and no answer came, Refused, CredentialsDead, RateLimited.
    """

    address: str
    key: str = field(repr=False)
    allow_loopback: bool = False

    def send(self, method: str, path: str, body: bytes = b"") -> str:
        """Carry out a request; returns the id of what it made. Deleting what is not there is done already."""
        status, answer = self._ask(method, path, body)
        if method == "DELETE" and status == HTTPStatus.NOT_FOUND:
            return ""
        _check(status)
        return _id_in(answer) if method != "DELETE" else ""

    def find(self, path: str, *, key: str) -> str:
        """The id of what stands under this path with our key; empty when there is nothing."""
        status, answer = self._ask("GET", f"{path}?externalIds={quote(key)}", b"")
        if status == HTTPStatus.NOT_FOUND:
            return ""
        _check(status)
        items = _read(answer).get("items")
        if not isinstance(items, list) or not items:
            return ""
        return str(items[0]["id"] if isinstance(items[0], dict) else items[0])

    def _ask(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        door = Door(allow_loopback=self.allow_loopback, max_bytes=_MAX_ANSWER_BYTES, max_seconds=_SECONDS)
        headers = {"API-KEY": self.key, "Content-Type": "application/json", "Accept": "application/json"}
        try:
            with open_client(door) as client:
                request = client.build_request(method, self.address + path, content=body or None, headers=headers)
                response = client.send(request, stream=True)
                try:
                    return response.status_code, read_within(response, max_bytes=_MAX_ANSWER_BYTES)
                finally:
                    response.close()
        except _SILENT as error:
            raise _unanswered(method) from error
        except (FetchProblem, httpx.HTTPError, httpx.InvalidURL) as error:
            raise contract.Temporary("eInnsyn did not answer.") from error


def _unanswered(method: str) -> contract.ChannelError:
    if method == "POST":
        return contract.Ambiguous("eInnsyn gave no answer.")
    return contract.Temporary("eInnsyn gave no answer.")


def _check(status: int) -> None:
    code = str(status)
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise contract.CredentialsDead("eInnsyn did not accept our key.", code=code)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise contract.RateLimited("eInnsyn asks us to wait.", code=code)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise contract.Temporary("eInnsyn stumbles.", code=code)
    if status >= HTTPStatus.BAD_REQUEST:
        raise contract.Refused("eInnsyn refused it.", code=code)


def _id_in(answer: bytes) -> str:
    made = _read(answer).get("id")
    if not made:
        raise contract.Ambiguous("eInnsyn answered without an id.")
    return str(made)


def _read(answer: bytes) -> dict[str, object]:
    try:
        read = json.loads(answer)
    except ValueError as error:
        raise contract.Ambiguous("eInnsyn's answer cannot be read.") from error
    return read if isinstance(read, dict) else {}
