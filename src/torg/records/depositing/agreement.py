"""The deposit of a period as the writer takes it: fonds, series, classes, and the streams of what they hold."""

from datetime import datetime
from functools import partial
from typing import BinaryIO
from uuid import UUID, uuid5

from django.db.models import Max

from torg.files import queries as files
from torg.noark import objects, values
from torg.noark.writing.deposit import Agreement
from torg.people.models import Municipality
from torg.people.queries import municipality
from torg.records.days import midnight
from torg.records.depositing import changes, contents
from torg.records.depositing.period import Period
from torg.records.depositing.units import SYSTEM

# Frames have no row of their own, and the same id in every deposit that tells of them.
FRAMES = UUID("5d0c1f5e-2f0e-4a53-9d5c-0b7e2b1f6c11")


def of_period(period: Period, *, at: datetime) -> Agreement:
    """Everything that was finished in the period. Memory stays the same however much that is."""
    owner = municipality() or Municipality(name=SYSTEM)
    starts_at = midnight(period.starts_on)
    title = f"{owner.name}: sosiale medier"
    return Agreement(
        system=SYSTEM,
        fonds=objects.Fonds(
            id=_frame(owner, "arkiv"),
            title=title,
            creators=(objects.Creator(id=owner.organisation_number or owner.name, name=owner.name),),
            status=values.FondsStatus.CLOSED,
            created_at=starts_at,
            created_by=SYSTEM,
            closed_at=at,
            closed_by=SYSTEM,
        ),
        series=objects.Series(
            id=_frame(owner, f"arkivdel {period.starts_on} {period.ends_on}"),
            title=f"{title} {period.starts_on}–{period.ends_on}",
            status=values.SeriesStatus.CLOSED,
            classification=_classification(period, owner, starts_at),
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            created_at=starts_at,
            created_by=SYSTEM,
            closed_at=at,
            closed_by=SYSTEM,
        ),
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        contents=lambda one: contents.of_class(period, one.class_id),
        changes=changes.of_period(period),
        open_file=_opened,
    )


def _classification(period: Period, owner: Municipality, at: datetime) -> objects.ClassificationSystem:
    used = period.case_files().values_list("classification").annotate(named=Max("classification_title"))
    made = partial(objects.Class, created_at=at, created_by=SYSTEM)
    return objects.ClassificationSystem(
        id=_frame(owner, "klassifikasjonssystem"),
        title="Klassifikasjon",
        created_at=at,
        created_by=SYSTEM,
        classes=tuple(
            made(id=_frame(owner, f"klasse {code}"), class_id=code, title=named or code)
            for code, named in used.order_by("classification")
        ),
    )


def _frame(owner: Municipality, what: str) -> UUID:
    return uuid5(FRAMES, f"{owner.organisation_number or owner.name} {what}")


def _opened(file: objects.DocumentObject) -> BinaryIO:
    return files.opened(file.sha256)
