"""Brings eInnsyn to what is public here: the outbox's handler. What it sends is what an archivist has approved."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from torg.connectors import contract
from torg.connectors.services.einnsyn import Portal
from torg.core import clock, sealing
from torg.core.actors import Rule
from torg.noark import objects
from torg.noark.writing import einnsyn as writing
from torg.openness import commands, loading
from torg.openness.models import EInnsynCase, JournalSettings, PublicEntry
from torg.openness.types import STARS, PublicationState
from torg.outbox.models import ActState
from torg.outbox.types import Sent
from torg.records import as_noark
from torg.records.models import JournalEntry

SENDER = Rule("openness.einnsyn", "1")
SYSTEM = "torg"


def perform(act: Sent) -> contract.Done:
    """Send, or take away, what differs; both look first, so that a repetition harms nothing."""
    row, told = _row(act), _settings()
    portal = _portal(told)
    if row.state != PublicationState.PUBLISHED:
        if row.einnsyn_id:
            portal.send("DELETE", f"/journalpost/{row.einnsyn_id}")
        return contract.Done(at=clock.now())
    if row.einnsyn_id:
        return contract.Done(external_id=row.einnsyn_id, at=clock.now())
    case = _case(row, portal, told)
    there = portal.find(f"/saksmappe/{case}/journalpost", key=str(row.public_id))
    request = writing.publish_entry(approved(row), case=case)
    return contract.Done(
        external_id=there or portal.send(request.method, request.path, _keyed(request.body, str(row.public_id))),
        at=clock.now(),
    )


def look(act: Sent, since: datetime) -> Sequence[contract.Match]:
    """Whether eInnsyn has this entry, by our key."""
    row, told = _row(act), _settings()
    known = EInnsynCase.objects.filter(case_file=row.entry.case_file).first()
    if known is None or row.state != PublicationState.PUBLISHED:
        return ()
    there = _portal(told).find(f"/saksmappe/{known.einnsyn_id}/journalpost", key=str(row.public_id))
    return (contract.Match(external_id=there),) if there else ()


def on_outcome(act: Sent, at: datetime) -> None:
    """Keep eInnsyn's id, or forget it when it was taken away."""
    if act.state == ActState.CONFIRMED:
        commands.note_sent(public_entry_id=act.subject_id, einnsyn_id=act.external_id, by=SENDER, at=at)


def approved(row: PublicEntry) -> objects.JournalEntry:
    """The entry with the approved words only, in each of its texts: what eInnsyn calls sensitive too."""
    found = as_noark.entries_with_all(JournalEntry.objects.filter(pk=row.entry_id)).get()
    entry = as_noark.entry(found, system=SYSTEM)
    if not isinstance(entry, objects.JournalEntry):
        raise contract.Refused("An archive note stands in no journal.")
    parties = tuple(
        replace(one, name=shown["name"], is_restricted=shown["name"] == STARS, is_person=shown["is_person"],
                unit="" if row.is_neutral else one.unit)
        for one, shown in zip(entry.correspondents, row.parties, strict=True)
    )  # fmt: skip
    documents = tuple(replace(one, title=row.title, objects=()) for one in entry.documents[:1])
    return replace(entry, title=row.title, public_title=row.title, correspondents=parties, documents=documents)


def _case(row: PublicEntry, portal: Portal, told: JournalSettings) -> str:
    case_file = row.entry.case_file
    known = EInnsynCase.objects.filter(case_file=case_file).first()
    if known is not None:
        return known.einnsyn_id
    case = replace(as_noark.case_file(case_file, system=SYSTEM), title=row.case_title, public_title=row.case_title)
    key = str(case_file.public_id)
    request = writing.publish_case(case, series=told.einnsyn_series)
    there = portal.find(request.path, key=key) or portal.send(request.method, request.path, _keyed(request.body, key))
    EInnsynCase.objects.create(case_file=case_file, einnsyn_id=there, sent_at=clock.now())
    return there


def _keyed(body: bytes, key: str) -> bytes:
    """With our key, by which we find it again."""
    return json.dumps(json.loads(body) | {"externalId": key}, ensure_ascii=False).encode()


def _row(act: Sent) -> PublicEntry:
    row: PublicEntry = PublicEntry.objects.select_related("entry__case_file").get(public_id=act.subject_id)
    return row


def _settings() -> JournalSettings:
    told = loading.settings_now()
    if told is None or not told.einnsyn_address:
        raise contract.Refused("eInnsyn is not connected.")
    return told


def _portal(told: JournalSettings) -> Portal:
    return Portal(
        address=told.einnsyn_address,
        key=sealing.unseal(told.einnsyn_key),
        allow_loopback=settings.ARCHIVE_MAY_BE_LOOPBACK,
    )
