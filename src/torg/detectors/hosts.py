"""Hosts that a municipality keeps lists of: given as a value, and asked by name."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class HostKind(StrEnum):
    """On which list a host stands. The names are stored: never change one."""

    BLOCKED = "BLOCKED"
    TRUSTED = "TRUSTED"
    SHORTENER = "SHORTENER"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the lists say of a host, and by which of their names: its own, or one that it lies under."""

    kind: HostKind
    name: str


@dataclass(frozen=True, slots=True)
class HostLists:
    """The lists of one moment, by name; `version` tells one moment from another."""

    version: str = ""
    blocked: frozenset[str] = frozenset()
    trusted: frozenset[str] = frozenset()
    shorteners: frozenset[str] = frozenset()

    def listed(self, host: str) -> Listed | None:
        """What is said of the host; the nearest name counts, so that a part of a blocked host can be trusted."""
        for name in _upwards(host):
            if name in self.blocked:
                return Listed(HostKind.BLOCKED, name)
            if name in self.trusted:
                return Listed(HostKind.TRUSTED, name)
            if name in self.shorteners:
                return Listed(HostKind.SHORTENER, name)
        return None

    def first_blocked(self, hosts: Iterable[str]) -> str:
        """The first of these hosts that is blocked; empty when none is."""
        for host in hosts:
            found = self.listed(host)
            if found is not None and found.kind is HostKind.BLOCKED:
                return host
        return ""


NO_LISTS = HostLists()
# A part of a name between two full stops (RFC 1035, 2.3.4).
LONGEST_LABEL = 63
# Control signs, and halves of signs.
NEVER = frozenset({"Cc", "Cs"})


def as_the_network_knows(name: str) -> str:
    """A host name as it is looked up: lower case, `xn--` for other letters, no full stop at the end.

    Raises ValueError for what can be no host.
    """
    plain = name.replace("。", ".").strip(". \t").lower()
    # As `%00` it can stand in an address; in no name, and in no database either.
    if any(unicodedata.category(sign) in NEVER for sign in plain):
        raise ValueError("a sign that no name has")
    return ".".join(_label(label) for label in plain.split(".")) if plain else ""


def _label(label: str) -> str:
    if label.isascii():
        return label
    # No name has so long a part, and writing a long one otherwise takes time that grows with its square.
    if len(label) > LONGEST_LABEL:
        raise ValueError("a part of the name is too long")
    try:
        return label.encode("idna").decode("ascii")
    except UnicodeError:
        return "xn--" + label.encode("punycode").decode("ascii")


def _upwards(host: str) -> Iterator[str]:
    """The host itself, then each that it lies under."""
    while host:
        yield host
        host = host.partition(".")[2]
