"""Files of hosts: one a line, a hosts file, a filter list, or CSV with a reason. Any bytes are safe."""

import csv
import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.detectors.hosts import as_the_network_knows

LARGEST = 8_000_000
MOST_HOSTS = 200_000
MOST_REFUSED = 20
LONGEST_REASON = 300
# What is longer is no line of such a file.
LONGEST_LINE = 10_000
LONGEST_HOST = 253
# What a hosts file sends names to, and a filter list puts around them.
NOWHERE = re.compile(r"^(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+")
SCHEME = re.compile(r"^[a-z][a-z0-9+.\-]*:[/\\]{2,}", re.IGNORECASE)
FILTER = re.compile(r"^\|\|([^/^$*]+)\^(?:\$.*)?$")
OWN_NAMES = frozenset({"localhost", "localhost.localdomain", "broadcasthost", "local"})
HEADINGS = frozenset({"host", "hosts", "domain", "domene", "vert", "name", "navn", "url", "adresse"})
HOST = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?\.)+[a-z0-9\-]{2,63}|\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]+"
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says: each host once with its own reason (which may be empty), and lines that name none."""

    hosts: dict[str, str]
    refused: tuple[int, ...]
    refused_count: int


def read(data: bytes) -> Read:
    """Read a file; raises Invalid, with the field `file`, for one that is too large or names no host."""
    if len(data) > LARGEST:
        raise Invalid(_("The file is too large: at most 8 MB, and 200,000 hosts."), field="file")
    hosts: dict[str, str] = {}
    refused: list[int] = []
    count = 0
    for number, (written, reason) in _lines(data):
        host = host_in(written)
        if host and host not in OWN_NAMES:
            hosts.setdefault(host, reason[:LONGEST_REASON])
        elif number > 1 or written.lower() not in HEADINGS:
            count += host not in OWN_NAMES
            refused += [number] if len(refused) < MOST_REFUSED and host not in OWN_NAMES else []
    if not hosts or len(hosts) > MOST_HOSTS:
        raise Invalid(_("No host was found in the file, or more than 200,000. Give one a line."), field="file")
    return Read(hosts, tuple(refused), count)


def host_in(written: str) -> str:
    """The host that somebody means, from a name or a whole address; empty where it is none."""
    if len(written) > LONGEST_LINE:
        return ""
    # Only as far as the host goes: what comes after can name others.
    authority = re.split(r"[/?#\\]", SCHEME.sub("", written.strip()), maxsplit=1)[0]
    bare = authority.rpartition("@")[2].removeprefix("*.")
    try:
        host = _of_number(bare) or as_the_network_knows(bare.partition(":")[0])
    except ValueError:
        return ""
    if host in OWN_NAMES:
        return host
    return host if len(host) <= LONGEST_HOST and HOST.fullmatch(host) else ""


def _of_number(bare: str) -> str:
    """A number address in its shortest writing, as links tell it; empty for a name. Raises ValueError."""
    if bare.startswith("["):
        return str(ipaddress.ip_address(bare[1:].partition("]")[0]))
    return str(ipaddress.ip_address(bare)) if bare.count(":") > 1 else ""


def _lines(data: bytes) -> Iterator[tuple[int, tuple[str, str]]]:
    for number, line in enumerate(_text(data).splitlines(), 1):
        bare = NOWHERE.sub("", line.replace("\x00", "").strip())
        if bare and bare[0] not in "#!;[":
            yield number, _fields(bare)


def _fields(line: str) -> tuple[str, str]:
    if len(line) > LONGEST_LINE:
        return line, ""
    found = FILTER.match(line)
    if found:
        return found[1], ""
    line, _hash, _comment = line.partition(" #")
    for sign in ";\t,":
        if sign in line:
            first, *others = next(csv.reader([line], delimiter=sign))
            return first.strip(), (others[0] if others else "").strip()
    return line.strip().split(" ")[0], ""


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
