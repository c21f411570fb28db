"""Connect, try and disconnect the archive core; close periods; choose one of its case files."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.connectors.contract import ChannelError, CredentialsDead
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound, Unavailable
from torg.records import archive_making, archive_secrets, archive_words, changelog, events, policies
from torg.records.archive_secrets import ArchiveSecrets
from torg.records.codes import ArchiveState, DeliveryState
from torg.records.loading import case_for_change
from torg.records.models import ArchiveCore, CaseFile, Delivery
from torg.records.models.archives import ON_ITS_WAY
from torg.records.types import Compared, CoreWanted

PAUSE = timedelta(minutes=2)


@transaction.atomic
def connect_archive(*, wanted: CoreWanted, secrets: ArchiveSecrets, by: Actor, at: datetime) -> ArchiveCore:
    """Connect an archive core, or give the connected one new keys: the access is tried first.

    An archive that is connected keeps its name for us (`system`), for the keys that it holds begin with it. Another
    archive is connected only when this one is disconnected, and nothing is on its way.

    Raises NotAllowed, Invalid when the access does not work, InvalidTransition for another archive beside this one.
    """
    policies.check_can_keep(by, scope_id=None, at=at)
    core = _in_force() or ArchiveCore(opened_at=at, system=wanted.system)
    if core.pk and (core.way, core.address) != (wanted.way, wanted.address):
        raise InvalidTransition(_("Another archive is connected. Disconnect it first."))
    core.name, core.way, core.address, core.series = wanted.name, wanted.way, wanted.address, wanted.series
    core.options, core.secrets = dict(wanted.options), archive_secrets.seal(secrets)
    _try(core)
    core.state, core.problem, core.paused_until, core.checked_at = ArchiveState.ACTIVE, "", None, at
    core.save()
    audit.record(events.CORE_CONNECTED, actor=by, scope=None, target=core, at=at, facts={"way": core.way})
    return core


@transaction.atomic
def disconnect_archive(*, by: Actor, at: datetime) -> ArchiveCore:
    """Disconnect the archive core: its keys are erased, what was delivered stays as a record; we stand alone.

    Raises NotAllowed, NotFound, InvalidTransition while something is on its way.
    """
    policies.check_can_keep(by, scope_id=None, at=at)
    core = _in_force_or_absent()
    if Delivery.objects.filter(core=core, state__in=ON_ITS_WAY).exists():
        raise InvalidTransition(_("Something is on its way to the archive. Wait, or give it up first."))
    core.state, core.closed_at, core.secrets, core.problem = ArchiveState.CLOSED, at, b"", ""
    core.save()
    audit.record(events.CORE_DISCONNECTED, actor=by, scope=None, target=core, at=at)
    return core


@transaction.atomic
def check_archive(*, by: Actor, at: datetime) -> ArchiveCore:
    """Try the connection. When it works again, what waited for it may go. Raises NotAllowed, NotFound."""
    policies.check_can_keep(by, scope_id=None, at=at)
    core = _in_force_or_absent()
    try:
        archive_making.archive_of(core).check()
        core.state, core.problem, core.paused_until = ArchiveState.ACTIVE, "", None
    except CredentialsDead as error:
        core.state, core.problem = ArchiveState.BROKEN, error.reason
    except ChannelError as error:
        core.problem, core.paused_until = error.reason, at + PAUSE
    core.checked_at = at
    core.save()
    audit.record(events.CORE_CHECKED, actor=by, scope=None, target=core, at=at, facts={"state": core.state})
    return core


@transaction.atomic
def note_core_trouble(*, core_id: UUID, error: ChannelError, by: Actor, at: datetime) -> None:
    """Remember that the archive is away or our key is dead, so that the next delivery need not find out again."""
    core = ArchiveCore.objects.select_for_update().get(public_id=core_id)
    if core.state == ArchiveState.CLOSED:
        return
    core.problem, core.paused_until = error.reason, max(error.until or at, at + PAUSE)
    if isinstance(error, CredentialsDead):
        core.state = ArchiveState.BROKEN
    core.save(update_fields=["problem", "paused_until", "state"])
    facts: dict[str, int | str] = {"error": type(error).__name__.lower()}
    event = events.CORE_BROKEN if core.state == ArchiveState.BROKEN else events.CORE_AWAY
    audit.record(event, actor=by, scope=None, target=core, at=at, facts=facts)


@transaction.atomic
def close_period(*, until: date, by: Actor, at: datetime) -> ArchiveCore:
    """Close the period up to and with a day (avslutte periode): nothing journaled in it is delivered or corrected.

    Raises NotAllowed, NotFound, Invalid for a day that is not past or earlier than before, InvalidTransition while
    something of the period is on its way or refused.
    """
    policies.check_can_keep(by, scope_id=None, at=at)
    core = _in_force_or_absent()
    if until >= at.date() or (core.closed_until and until < core.closed_until):
        raise Invalid(_("Choose a day that is past, and not before the period that is closed."), field="until")
    open_states = (*ON_ITS_WAY, DeliveryState.REFUSED)
    if Delivery.objects.filter(core=core, entry__journal_on__lte=until, state__in=open_states).exists():
        raise InvalidTransition(_("Something of that period is not in the archive yet. See to that first."))
    core.closed_until = until
    core.save(update_fields=["closed_until"])
    audit.record(events.PERIOD_CLOSED, actor=by, scope=None, target=core, at=at, facts={"until": until.isoformat()})
    return core


@transaction.atomic
def choose_case_in_archive(*, case_id: UUID, number: str, by: Actor, at: datetime) -> CaseFile:
    """Let a case file of ours go into an existing one of the archive's (saksmappe), by its number ("2026/17").

    Where the archive answers questions, it is asked; else it checks the number when the first entry arrives.

    Raises NotFound, NotAllowed, Invalid for a number that is none, unknown or closed there, InvalidTransition once
    something was delivered, Unavailable when the archive does not answer.
    """
    case = case_for_change(case_id, by=by, at=at)
    core = _in_force_or_absent()
    if Delivery.objects.filter(entry__case_file=case).exists():
        raise InvalidTransition(_("Something in this case file is delivered already."))
    year, stroke, sequence = number.strip().partition("/")
    if not (stroke and year.isdecimal() and sequence.isdecimal() and len(year) == 4 and len(sequence) <= 9):
        raise Invalid(_("Write the number as year, stroke, number: 2026/17."), field="number")
    archive = archive_making.archive_of(core)
    if archive.capabilities.finds_case_files:
        try:
            found = archive.find_case_file(f"{int(year)}/{int(sequence)}")
        except ChannelError as error:
            raise Unavailable(_("The archive does not answer now. Try again later.")) from error
        if found is None or found.is_closed:
            raise Invalid(_("The archive has no open case file with that number."), field="number")
    changelog.note("case_file", case, "archive_id", case.archive_number, number.strip(), by=by, at=at)
    case.archive_year, case.archive_number = int(year), int(sequence)
    case.save(update_fields=["archive_year", "archive_number"])
    audit.record(events.CASE_CHOSEN, actor=by, scope=case.scope_id, target=case, at=at)
    return case


@transaction.atomic
def note_comparison(*, core_id: UUID, found: Compared, by: Actor, at: datetime) -> None:
    """Keep what a comparison of our journal with the archive found, for a person to see to."""
    core = ArchiveCore.objects.select_for_update().get(public_id=core_id)
    core.compared_at = at
    core.compared = {
        "missing_there": [str(one) for one in found.missing_there],
        "unknown_here": list(found.unknown_here),
    }
    core.save(update_fields=["compared_at", "compared"])
    facts: dict[str, int | str] = {
        "missing_there": len(found.missing_there),
        "unknown_here": len(found.unknown_here),
    }
    audit.record(events.CORE_COMPARED, actor=by, scope=None, target=core, at=at, facts=facts)


def _try(core: ArchiveCore) -> None:
    try:
        archive_making.archive_of(core).check()
    except ChannelError as error:
        raise Invalid(archive_words.shown(error.reason)) from error


def _in_force() -> ArchiveCore | None:
    return ArchiveCore.objects.select_for_update().exclude(state=ArchiveState.CLOSED).first()


def _in_force_or_absent() -> ArchiveCore:
    core = _in_force()
    if core is None:
        raise NotFound(_("No archive is connected."))
    return core
