"""What outgoing traffic may reach, and how it is refused."""

from dataclasses import dataclass

import httpx


class FetchProblem(Exception):
    """Why something could not be fetched; the text is for an operator and holds no address with a token."""


class Blocked(FetchProblem, httpx.ConnectError):
    """We do not speak to this scheme, host or address; nothing was sent."""


class TooLarge(FetchProblem):
    """The answer is longer than we take."""


class Unreached(FetchProblem):
    """No answer: the name is unknown, the connection failed, or the time ran out."""


@dataclass(frozen=True, slots=True)
class Door:
    """What one kind of outgoing traffic may reach.

    `hosts` holds exact names and, with a leading dot, whole domains (".fbcdn.net"); None means any public host.
    Plain http is for hosts that `allow_http` opens, and for loopback when `allow_loopback` is set, which is meant
    for the stand-in in development and tests. `max_seconds` counts for the whole fetch, redirects included.
    """

    hosts: frozenset[str] | None = None
    allow_loopback: bool = False
    allow_http: bool = False
    max_bytes: int = 25_000_000
    max_seconds: float = 20.0
    max_redirects: int = 3

    def check(self, url: httpx.URL) -> None:
        """Refuse what the address line alone tells; raises Blocked."""
        plain = url.scheme == "http" and (self.allow_http or self.allow_loopback)
        if url.scheme != "https" and not plain:
            raise Blocked(f"{url.scheme or 'no scheme'} is not allowed, only https")
        if url.userinfo:
            raise Blocked("an address with a user name in it is not allowed")
        if not url.host or not self._knows(url.host.rstrip(".").lower()):
            raise Blocked(f"the host {url.host!r} is not on the list")

    def _knows(self, host: str) -> bool:
        if self.hosts is None:
            return True
        return host in self.hosts or any(host.endswith(domain) for domain in self.hosts if domain.startswith("."))
