"""Nothing unreviewed is public, what must not stand on the internet stops, and what is withheld vanishes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction

from tests import factories
from tests.openness.conftest import PROPOSER
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.openness import commands, proposing
from torg.openness.models import JournalDay, PublicationChange, PublicEntry
from torg.people.models import Scope
from torg.people.types import Role
from torg.records import commands as records
from torg.records.types import RestrictionWanted

pytestmark = pytest.mark.django_db
STATES = PublicEntry.objects.values_list("state", flat=True)


def test_entries_of_days_that_are_over_are_proposed_without_persons_names(journal):
    row = journal.proposed()

    assert row.state == "PROPOSED"
    assert row.title == "Spørsmål fra ***** om svømmehallen"
    assert AuditEvent.objects.filter(name="openness.entry.proposed").exists()
    assert commands.propose_days(limit=10, by=PROPOSER, at=journal.at) == 0


def test_entries_of_today_wait_until_tomorrow(journal):
    journal.entry()

    assert commands.propose_days(limit=10, by=PROPOSER, at=journal.archive.at) == 0


def test_an_archivist_makes_an_entry_public_and_its_history_tells(journal):
    row = journal.published()

    assert row.state == "PUBLISHED"
    assert "Kåre" in row.names
    assert list(PublicationChange.objects.order_by("id").values_list("state", flat=True)) == ["PROPOSED", "PUBLISHED"]
    assert JournalDay.objects.get().is_stale


def test_a_rule_may_not_publish(journal):
    row = journal.proposed()
    journal.archive.archivist = Rule("test.robot", "1")

    with pytest.raises(NotAllowed):
        journal.approve(row)


def test_someone_who_keeps_no_records_may_not_publish(journal):
    row = journal.proposed()
    stranger = factories.officer(at=journal.at)
    journal.archive.archivist = stranger

    with pytest.raises(NotAllowed):
        journal.approve(row)


def test_the_database_refuses_what_nobody_has_reviewed(journal):
    row = journal.proposed()

    with pytest.raises(IntegrityError), transaction.atomic():
        PublicEntry.objects.filter(pk=row.pk).update(state="PUBLISHED", published_at=journal.at)


def test_what_has_been_public_is_never_rewritten(journal):
    journal.published()

    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        PublicationChange.objects.update(title="Noe annet")


@pytest.mark.parametrize("because", ["", "Personen samtykker"])
def test_a_national_identity_number_is_never_public(journal, because):
    row = journal.proposed("Søknad fra 01010750160")

    with pytest.raises(Invalid):
        journal.approve(row, because=because)
    assert journal.approve(row, title="Søknad fra *****").state == "PUBLISHED"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Klage om barnevernet", "HEALTH"),
        ("Politianmeldelse av nabo", "CRIME"),
        ("Søknad fra fagforeningen", "SPECIAL"),
        ("Ring meg på 97 53 12 46", "PHONE"),
        ("Svar til Oda Nordmann", "NAME"),
    ],
)
def test_what_a_person_must_judge_needs_a_reason(journal, title, kind):
    row = journal.proposed(title)

    assert kind in row.findings
    with pytest.raises(Invalid):
        journal.approve(row)
    assert journal.approve(row, because="Gjelder ingen enkeltperson").state == "PUBLISHED"


def test_a_whole_day_is_approved_without_what_was_found(journal):
    clean, found = journal.proposed("Brøyting i Storgata"), journal.proposed("Klage om barnevernet")

    assert commands.approve_day(day=clean.day, by=journal.by, at=journal.at) == 1
    found.refresh_from_db()
    assert found.state == "PROPOSED"


def test_publishing_twice_is_refused(journal):
    row = journal.published()

    with pytest.raises(InvalidTransition):
        journal.approve(row)


def test_a_restriction_takes_the_entry_away_until_somebody_has_looked(journal):
    row = journal.published()
    later = journal.at + timedelta(minutes=1)
    wanted = RestrictionWanted("CORRESPONDENT", "offentleglova-13-1", correspondent=_sender(row).public_id)
    records.restrict(entry_id=row.entry.public_id, wanted=wanted, by=journal.by, at=later)

    assert commands.follow_changes(by=PROPOSER, at=later) == 1
    row.refresh_from_db()
    assert row.state == "PROPOSED" and row.names == ""
    assert "*****" in [party["name"] for party in row.parties]
    assert "§ 13" in row.ground


def test_what_did_not_change_stays(journal):
    journal.published()

    assert commands.follow_changes(by=PROPOSER, at=journal.at + timedelta(minutes=1)) == 0


def test_withdrawing_and_keeping_out_need_a_reason(journal):
    row = journal.published()

    with pytest.raises(Invalid):
        commands.withdraw(public_entry_id=row.public_id, because=" ", by=journal.by, at=journal.at)
    gone = commands.withdraw(public_entry_id=row.public_id, because="Feil dokument", by=journal.by, at=journal.at)
    assert gone.state == "WITHDRAWN" and gone.names == ""
    assert commands.propose_again(public_entry_id=row.public_id, by=journal.by, at=journal.at).state == "PROPOSED"


def test_names_cannot_be_searched_after_a_year(journal):
    row = journal.published()
    late = journal.at + timedelta(days=366)
    JournalDay.objects.update(is_stale=False)

    assert commands.age_names(by=PROPOSER, at=late) == 1
    row.refresh_from_db()
    assert row.names == "" and JournalDay.objects.get().is_stale
    assert commands.age_names(by=PROPOSER, at=late) == 0


def test_what_is_published_late_is_born_without_names(journal):
    row = journal.proposed()
    journal.at += timedelta(days=366)

    assert journal.approve(row).names == ""


def test_a_secret_group_is_left_out(journal):
    journal.entry()
    Scope.objects.filter(pk=journal.archive.scope.pk).update(is_secret=True)

    assert commands.propose_days(limit=10, by=PROPOSER, at=journal.at) == 0


def test_of_a_secret_group_only_a_neutral_title_can_be_told(journal):
    journal.switch_on(secret_scopes="NEUTRAL")
    entry = journal.entry()
    Scope.objects.filter(pk=journal.archive.scope.pk).update(is_secret=True)

    commands.propose_days(limit=10, by=PROPOSER, at=journal.at)

    told = str(proposing.facts_in(PublicEntry.objects.get(entry=entry)))
    assert "vømmehall" not in told and "Kåre" not in told


def test_only_those_for_the_whole_municipality_switch_the_journal_on(journal):
    keeper = factories.person("Siri Side")
    factories.role(keeper, Role.ARCHIVIST, at=journal.at, scope=journal.archive.scope)
    journal.archive.archivist = keeper

    with pytest.raises(NotAllowed):
        journal.switch_on()


def test_out_of_sight_is_absent(journal):
    row = journal.proposed()
    elsewhere = factories.person("Borte Prøve")
    factories.role(elsewhere, Role.ARCHIVIST, at=journal.at, scope=factories.presence("B", at=journal.at).scope)

    with pytest.raises(NotFound):
        commands.keep_out(public_entry_id=row.public_id, because="x", by=elsewhere, at=journal.at)


def _sender(row):
    return row.entry.correspondents.filter(role="EA").get()
