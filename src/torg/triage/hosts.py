"""The lists of hosts as they are now, read once for each version and process."""

from collections import defaultdict

from torg.detectors import HostKind, HostLists
from torg.triage.models import HostChange, ListedHost

_read: HostLists = HostLists()


def current() -> HostLists:
    """The lists; one small query where they are as before."""
    global _read
    newest = HostChange.objects.order_by("-id").values_list("public_id", flat=True).first()
    version = str(newest or "")
    if version != _read.version:
        _read = _all(version)
    return _read


def _all(version: str) -> HostLists:
    names: dict[str, set[str]] = defaultdict(set)
    for name, kind in ListedHost.objects.filter(ended_in=None).values_list("name", "kind").iterator(chunk_size=20_000):
        names[kind].add(name)
    return HostLists(
        version=version,
        blocked=frozenset(names[HostKind.BLOCKED]),
        trusted=frozenset(names[HostKind.TRUSTED]),
        shorteners=frozenset(names[HostKind.SHORTENER]),
    )
