"""Deposit packages: ordered by a person or an operator, made by a job, kept as rows whatever came of them."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import ids, jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound, Unavailable
from torg.noark.writing.deposit import SchemasMissing
from torg.people.acting import person_or_none
from torg.records import actors, events, policies
from torg.records.depositing import writing
from torg.records.depositing.period import Period
from torg.records.depositing.writing import Made
from torg.records.models import Deposit
from torg.records.preservation_codes import DepositState

# No package takes so long; one that has was interrupted.
LONGEST = timedelta(days=2)


@transaction.atomic
def order_deposit(
    *, starts_on: date, ends_on: date, by: Actor, at: datetime, is_packed: bool = False, into: Path | None = None
) -> Deposit:
    """Order a deposit package (arkivuttrekk) of the case files that were finished in a period.

    Args:
        starts_on: the first day, in Norway.
        ends_on: the last day, which must be past.
        by: who orders it.
        at: now.
        is_packed: wrap it for an archive too (DIAS).
        into: the folder in which the caller writes it; None: a job does, in a folder of its own.

    Raises NotAllowed, Invalid for a period that is not over or in which nothing was finished, InvalidTransition while
    another is made, Unavailable when official schemas are missing, with their names and where they are published.
    """
    policies.check_can_keep(by, scope_id=None, at=at)
    policies.check_is_over(starts_on, ends_on, at=at)
    try:
        writing.check_schemas()
    except SchemasMissing as missing:
        raise Unavailable(_("Official schemas are missing: %(which)s") % {"which": missing}) from missing
    _check_none_is_made(at)
    _check_something_is_finished(Period(starts_on, ends_on))
    number = ids.new()
    made = Deposit.objects.create(
        public_id=number,
        starts_on=starts_on,
        ends_on=ends_on,
        is_packed=is_packed,
        folder=str(into or Path(settings.DEPOSIT_FOLDER) / str(number)),
        ordered_by=person_or_none(by),
        made_by=actors.told(by),
        ordered_at=at,
    )
    facts = {"from": starts_on.isoformat(), "to": ends_on.isoformat()}
    audit.record(events.DEPOSIT_ORDERED, actor=by, scope=None, target=made, at=at, facts=facts)
    if into is None:
        jobs.enqueue("records.write_deposit", deposit_id=str(number))
    return made


def _check_something_is_finished(period: Period) -> None:
    """The standard knows no deposit without a case file: its schema would refuse it."""
    if not period.case_files().exists():
        raise Invalid(
            _("No case file was closed in this period, so there is nothing to deposit. Still open from it: %(number)d.")
            % {"number": period.left_out()},
            field="ends_on",
        )


def _check_none_is_made(at: datetime) -> None:
    """One at a time; one that was interrupted and told nobody does not stand in the way for good."""
    waiting = Deposit.objects.select_for_update().filter(state=DepositState.WAITING)
    for row in waiting.filter(ordered_at__lt=at - LONGEST):
        row.move_to(DepositState.FAILED)
        row.problem, row.finished_at = _("It was interrupted."), at
        row.save(update_fields=["state", "problem", "finished_at"])
    if waiting.exists():
        raise InvalidTransition(_("Another package is being made. Wait until it is finished."))


@transaction.atomic
def note_deposit(*, deposit_id: UUID, made: Made, by: Actor, at: datetime) -> Deposit:
    """Record what was written and what our own tests said. Raises InvalidTransition when it is finished already."""
    row = Deposit.objects.select_for_update().get(public_id=deposit_id)
    row.move_to(DepositState.FAULTY if made.failures else DepositState.WRITTEN)
    row.counts, row.left_out, row.finished_at = made.counts, made.left_out, at
    row.tests, row.tests_run = list(made.failures), made.tests_run
    row.listing_sha256, row.tar_sha256 = made.listing_sha256, made.tar_sha256
    row.save()
    facts: dict[str, int | str] = {
        **made.counts,
        "tests": made.tests_run,
        "failed": len(made.failures),
        "sha256": made.listing_sha256,
    }
    audit.record(events.DEPOSIT_MADE, actor=by, scope=None, target=row, at=at, facts=facts)
    return row


@transaction.atomic
def note_deposit_failed(*, deposit_id: UUID, problem: str, by: Actor, at: datetime) -> Deposit:
    """Record why no package was made. Raises InvalidTransition when it is finished already."""
    row = Deposit.objects.select_for_update().get(public_id=deposit_id)
    row.move_to(DepositState.FAILED)
    row.problem, row.finished_at = problem[:2000], at
    row.save(update_fields=["state", "problem", "finished_at"])
    audit.record(events.DEPOSIT_FAILED, actor=by, scope=None, target=row, at=at)
    return row


@transaction.atomic
def fetch_deposit(*, deposit_id: UUID, by: Actor, at: datetime) -> Deposit:
    """Hand a finished package out to be saved; each time is in the log, for the package holds everything of a period.

    Raises NotAllowed, NotFound when there is none, or its files are no longer on the server.
    """
    policies.check_can_keep(by, scope_id=None, at=at)
    ready = Deposit.objects.filter(state__in=[DepositState.WRITTEN, DepositState.FAULTY])
    row: Deposit | None = ready.filter(public_id=deposit_id).first()
    if row is None or not Path(row.folder).is_dir():
        raise NotFound(_("The package is not on the server. Make it anew."))
    audit.record(events.DEPOSIT_FETCHED, actor=by, scope=None, target=row, at=at)
    return row
