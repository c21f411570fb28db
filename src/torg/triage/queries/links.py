"""The links in texts, laid open before anybody opens one, and what stands on the lists."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from torg import detectors
from torg.core.errors import NotFound
from torg.triage import explanations, hosts
from torg.triage.models import HostChange, HostFile, ListedHost, ListKind

AT_A_TIME = 50
LATEST = 20
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ShownLink:
    """One link as it is shown: never something to press.

    `host` is the whole name in readable letters, `network_name` the same as it is looked up where that differs, and
    `address` what was written, personal data covered. `entry` is what the lists say of it, or of a host that it leads
    on to.
    """

    host: str
    network_name: str
    address: str = field(repr=False)
    warnings: Sequence[str] = ()
    entry: ListedHost | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a file would change: hosts that come, that stand already, and that stand on another list."""

    new: Sequence[str]
    standing: int
    elsewhere: Sequence[ListedHost]


def links_in(texts: Mapping[Key, Sequence[str]]) -> dict[Key, list[ShownLink]]:
    """The links of some texts, by whatever names them.

    No query where nothing could be an address; else one, and another where a listed host is named.
    """
    if not any(detectors.could_hold_links(text) for several in texts.values() for text in several):
        return {key: [] for key in texts}
    lists = hosts.current()
    found = {
        key: [(link, text) for text in several for link in detectors.links_in(text, lists)]
        for key, several in texts.items()
    }
    names = {name for pairs in found.values() for link, _text in pairs for name in _listed_names(link, lists)}
    rows = ListedHost.objects.filter(name__in=names, ended_in=None).select_related("listed_in__made_by")
    entries = {row.name: row for row in rows} if names else {}
    return {key: [_shown(link, text, lists, entries) for link, text in pairs] for key, pairs in found.items()}


def listed_hosts(*, kind: str = "", text: str = "", number: str | None = None) -> Page[ListedHost]:
    """What stands on the lists, by name."""
    rows = ListedHost.objects.filter(ended_in=None).select_related("listed_in__made_by").order_by("name")
    if kind in ListKind.values:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(name__contains=text.strip().lower())
    return Paginator(rows, AT_A_TIME).get_page(number)


def latest_changes() -> Sequence[HostChange]:
    """The newest changes of the lists."""
    return list(HostChange.objects.select_related("made_by").order_by("-id")[:LATEST])


def files_waiting() -> Sequence[HostFile]:
    """Files that have been read, and that nobody has taken over or dropped."""
    rows = HostFile.objects.filter(ended_at=None).select_related("read_by").defer("hosts", "reasons")
    return list(rows.order_by("-id")[:LATEST])


def host_file_or_absent(file_id: UUID) -> HostFile:
    """Raises NotFound."""
    found = HostFile.objects.filter(public_id=file_id).select_related("read_by").first()
    if found is None:
        raise NotFound(_("There is no such file here."))
    return found


def difference(file: HostFile) -> Difference:
    """What the file would change. One query."""
    rows = {row.name: row for row in ListedHost.objects.filter(name__in=file.hosts, ended_in=None)}
    return Difference(
        new=[name for name in file.hosts if name not in rows],
        standing=sum(row.kind == file.kind for row in rows.values()),
        elsewhere=[row for row in rows.values() if row.kind != file.kind],
    )


def _listed_names(link: detectors.Link, lists: detectors.HostLists) -> list[str]:
    return [found.name for host in link.hosts if (found := lists.listed(host)) is not None]


def _shown(link: detectors.Link, text: str, lists: detectors.HostLists, entries: Mapping[str, ListedHost]) -> ShownLink:
    standing = [entries[name] for name in _listed_names(link, lists) if name in entries]
    # What warns comes before what reassures, wherever in the address it stands.
    standing.sort(key=lambda row: list(ListKind).index(ListKind(row.kind)))
    written = text[link.start : link.end]
    covered = detectors.mask(written, detectors.run(written))
    return ShownLink(
        host=link.shown or covered,
        network_name=link.host if link.host != link.shown else "",
        address=covered,
        warnings=explanations.warnings(link),
        entry=next(iter(standing), None),
    )
