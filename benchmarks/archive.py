"""An invented archive of any size, made as it is read: cases of ten registrations, each with two files."""

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from torg.noark import objects, values
from torg.noark.writing import deposit

OPENED = datetime(2026, 1, 2, 8, tzinfo=UTC)
BY = "Ada Arkivar"
PER_CASE = 10
TEXT = "Når blir veien forbi skolen brøytet? Det er glatt, og barna går i veibanen. "


def agreement(count: int) -> deposit.Agreement:
    """A deposit of so many registrations in one class."""
    roads = objects.Class(id=number(1, 0), class_id="Q11", title="Vegvedlikehold", created_at=OPENED, created_by=BY)
    system = objects.ClassificationSystem(
        id=number(2, 0), title="K-koder", created_at=OPENED, created_by=BY, classes=(roads,)
    )
    closed = {"created_at": OPENED, "created_by": BY, "closed_at": OPENED, "closed_by": BY}
    return deposit.Agreement(
        system="Torg",
        fonds=objects.Fonds(
            id=number(3, 0), title="Arkiv", creators=(objects.Creator(id="999999999", name="Fjordvik"),), **closed
        ),
        series=objects.Series(
            id=number(4, 0), title="2026", status=values.SeriesStatus.CLOSED, classification=system, **closed
        ),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        contents=lambda _class: cases(count),
        changes=(change(place) for place in range(0, count, 20)),
        open_file=opened,
    )


def cases(count: int) -> Iterator[deposit.CaseContent]:
    """Closed cases."""
    for first in range(0, count, PER_CASE):
        year_number = first // PER_CASE + 1
        case_file = objects.CaseFile(
            id=number(5, first),
            title=f"Brøyting av vei {year_number}",
            created_at=OPENED,
            created_by=BY,
            closed_at=OPENED,
            closed_by=BY,
            dated_on=OPENED.date(),
            unit="Service",
            responsible="Ola Hansen",
            status=values.CaseStatus.CLOSED,
            file_id=f"2026/{year_number}",
            year=2026,
            number=year_number,
        )
        places = range(first, min(first + PER_CASE, count))
        yield deposit.CaseContent(case_file=case_file, registrations=(entry(place) for place in places))


def entry(place: int) -> objects.JournalEntry:
    """One enquiry with its document and the raw data."""
    at = OPENED + timedelta(minutes=place)
    return objects.JournalEntry(
        id=number(6, place),
        title=f"Spørsmål {place} fra Nora Fossum om brøyting",
        public_title=f"Spørsmål {place} fra ***** om brøyting",
        created_at=at,
        created_by=BY,
        archived_at=at,
        archived_by=BY,
        registration_id=f"2026/{place // PER_CASE + 1}-{place % PER_CASE + 1}",
        document_on=at.date(),
        received_at=at,
        documents=(document(place, at),),
        correspondents=(
            objects.Correspondent(kind=values.CorrespondentType.SENDER, name="Nora Fossum", is_person=True),
            objects.Correspondent(
                kind=values.CorrespondentType.INTERNAL_RECIPIENT, name="Fjordvik", case_handler="Ola Hansen"
            ),
        ),
        social_media=objects.SocialMedia(
            platform="facebook",
            account="Fjordvik",
            post_id=str(place),
            captured_at=at,
            raw_sha256="ab" * 32,
        ),
        kind=values.EntryType.INCOMING,
        status=values.JournalStatus.ARCHIVED,
        journaled_on=at.date(),
        year=2026,
        # Numbers were not given case by case: the journal's order is not that of the structure.
        sequence_number=(place * 7919) % 1_000_003,
        number=place % PER_CASE + 1,
    )


def document(place: int, at: datetime) -> objects.DocumentDescription:
    """Two variants of one document."""
    variants = (("fmt/476", "pdf", values.Variant.ARCHIVE), ("fmt/817", "json", values.Variant.PRODUCTION))
    return objects.DocumentDescription(
        id=number(7, place),
        title="Melding",
        number=1,
        created_at=at,
        created_by=BY,
        attached_at=at,
        attached_by=BY,
        objects=tuple(
            file(place, at, puid=puid, name=f"{place}.{ending}", variant=variant) for puid, ending, variant in variants
        ),
    )


def file(place: int, at: datetime, *, puid: str, name: str, variant: values.Variant) -> objects.DocumentObject:
    """One of them."""
    content = content_of(name)
    return objects.DocumentObject(
        id=number(8 if variant is values.Variant.ARCHIVE else 9, place),
        variant=variant,
        puid=puid,
        created_at=at,
        created_by=BY,
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )


def content_of(name: str) -> bytes:
    """About a kilobyte."""
    return (name + TEXT * 12).encode()


def opened(one: objects.DocumentObject) -> BinaryIO:
    """As a store of files would."""
    return io.BytesIO(content_of(one.file_name))


def change(place: int) -> objects.Change:
    """A corrected title."""
    return objects.Change(
        unit=number(6, place), field="tittel", at=OPENED, by=BY, old="Spørsmål", new=f"Spørsmål {place}"
    )


def number(kind: int, place: int) -> UUID:
    """An id that is the same in every run."""
    return UUID(int=(kind << 64 | place) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128))
