"""All that is held about somebody: who may be meant, what the rooms hold, and the journal's own part."""

from collections.abc import Collection, Iterator, Sequence
from importlib import import_module
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Q

from torg.records.models import Correspondent, JournalEntry
from torg.records.party_types import Candidate, Holding, PartySource, Wording

PREFIX = "correspondent:"
LIMIT = 20


def sources() -> Iterator[PartySource]:
    """The modules that hold something about people."""
    for path in settings.PARTY_SOURCES.values():
        yield cast(PartySource, import_module(path))


def candidates(words: str, *, scopes: Collection[UUID]) -> list[Candidate]:
    """Whom a name or an e-mail address may mean, anywhere in Torg."""
    words = words.strip()
    if len(words) < 2:
        return []
    found = [one for source in sources() for one in source.candidates(words, scopes=scopes, limit=LIMIT)]
    return [*found, *_correspondents(words, scopes)]


def held(keys: Collection[str], *, scopes: Collection[UUID]) -> list[Holding]:
    """Everything, oldest first."""
    found = [one for source in sources() for one in source.held(keys, scopes=scopes)]
    return sorted([*found, *_entries(keys, scopes)], key=lambda one: (one.at, str(one.id)))


def _correspondents(words: str, scopes: Collection[UUID]) -> Sequence[Candidate]:
    named = Correspondent.objects.filter(scope_id__in=scopes, is_person=True, name__icontains=words)
    grouped = named.values("name", "external_id").annotate(newest=Max("id"), number=Count("entry", distinct=True))
    rows = list(grouped.order_by("name", "external_id")[:LIMIT])
    ids = dict(Correspondent.objects.filter(pk__in=[row["newest"] for row in rows]).values_list("pk", "public_id"))
    return [Candidate(f"{PREFIX}{ids[row['newest']]}", row["name"], "journal", row["number"]) for row in rows]


def _entries(keys: Collection[str], scopes: Collection[UUID]) -> Iterator[Holding]:
    """Journal entries in which the party is a correspondent: our titles, never the names of others."""
    ids = [key.removeprefix(PREFIX) for key in keys if key.startswith(PREFIX)]
    meant = Q()
    for name, external_id in Correspondent.objects.filter(public_id__in=ids).values_list("name", "external_id"):
        meant |= Q(correspondents__name=name, correspondents__external_id=external_id)
    if not meant:
        return
    rows = JournalEntry.objects.filter(meant, scope_id__in=scopes).select_related("case_file").distinct()
    for entry in rows.order_by("id").iterator(chunk_size=500):
        yield Holding(
            kind="ENTRY",
            id=entry.public_id,
            at=entry.made_at,
            place=entry.own_number,
            wordings=(Wording(entry.made_at, entry.public_title),),
            facts={"type": str(entry.get_entry_type_display()), "status": str(entry.get_status_display())},
        )
