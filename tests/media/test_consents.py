"""Those who are depicted decide: consent, withdrawal, and what comes down."""

from datetime import date, timedelta

import pytest

from tests import factories
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.media import commands, events, queries, tasks
from torg.media.models import Consent, TakeDown
from torg.media.types import ConsentChannel, ObstacleCode, People, TakeDownReason, TakeDownState
from torg.people.types import Role


def codes(medium, *, at, channel=None):
    return [found.code for found in queries.obstacles(medium, at=at, channel=channel)]


def test_a_picture_of_people_waits_for_their_consent(library):
    medium = library.added(people=People.CONSENT)
    assert codes(medium, at=library.at) == [ObstacleCode.CONSENT_MISSING]

    consent = library.consent()
    commands.note_depiction(medium_id=medium.public_id, consent_id=consent.public_id, by=library.by, at=library.at)

    assert codes(medium, at=library.at, channel=ConsentChannel.WEBSITE) == []
    assert codes(medium, at=library.at, channel=ConsentChannel.SOCIAL) == [ObstacleCode.CONSENT_NOT_HERE]
    assert codes(medium, at=library.at + timedelta(days=400)) == [ObstacleCode.CONSENT_ENDED]


def test_withdrawal_makes_a_task_with_a_deadline_for_every_place(library):
    medium, consent = library.depicting()
    other = factories.presence("Biblioteket", at=library.at)
    here, there = library.used(medium), library.used(medium, scope_id=other.scope_id)

    made = commands.withdraw_consent(consent_id=consent.public_id, by=library.by, at=library.at)

    assert made == 3
    assert codes(medium, at=library.at) == [ObstacleCode.CONSENT_WITHDRAWN]
    found = {row.use_id: row for row in TakeDown.objects.all()}
    assert found.keys() == {here.public_id, there.public_id, medium.public_id}
    assert found[there.public_id].scope_id == other.scope_id
    # Three working days from a Tuesday morning.
    assert {row.due_at.date() for row in found.values()} == {date(2026, 3, 13)}
    assert {row.reason for row in found.values()} == {TakeDownReason.CONSENT_WITHDRAWN}
    event = AuditEvent.objects.get(name=events.CONSENT_WITHDRAWN.name)
    assert (event.facts, event.actor_ref) == ({"tasks": 3}, str(library.by.public_id))
    with pytest.raises(InvalidTransition):
        commands.withdraw_consent(consent_id=consent.public_id, by=library.by, at=library.at)


def test_a_child_comes_down_sooner_and_its_guardian_consents(library):
    with pytest.raises(Invalid):
        library.consent(is_child=True, child_was_heard=True)
    with pytest.raises(Invalid):
        library.consent(is_child=True, guardian="Mor Avbildet")
    _medium, consent = library.depicting(is_child=True, guardian="Mor Avbildet", child_was_heard=True)

    commands.withdraw_consent(consent_id=consent.public_id, by=library.by, at=library.at)

    assert TakeDown.objects.get().due_at.date() == date(2026, 3, 11)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": " "},
        {"contact": ""},
        {"purpose": ""},
        {"channels": []},
        {"given_on": date(2026, 3, 11)},
        {"until_on": date(2026, 2, 1)},
        {"until_on": date(2036, 3, 1)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_consent_that_would_not_hold_is_refused(library, changed):
    with pytest.raises(Invalid):
        library.consent(**changed)

    assert not Consent.objects.exists()


def test_the_signed_form_is_kept_and_checked_by_content(library):
    given = library.given()

    kept = commands.register_consent(given=given, proof=b"%PDF-1.7\n", by=library.by, at=library.at)

    assert kept.proof_sha256
    with pytest.raises(Invalid):
        commands.register_consent(given=given, proof=b"<html>", by=library.by, at=library.at)


def test_an_ended_consent_is_followed_up_at_night_once(library, monkeypatch):
    medium, _consent = library.depicting(until_on=date(2026, 3, 10))
    library.used(medium)
    later = library.at + timedelta(days=1)
    monkeypatch.setattr(tasks.clock, "now", lambda: later)

    tasks.follow_up_ends(timestamp=0)
    tasks.follow_up_ends(timestamp=0)

    assert set(TakeDown.objects.values_list("reason", flat=True)) == {TakeDownReason.CONSENT_ENDED}
    assert TakeDown.objects.count() == 2
    assert codes(medium, at=later) == [ObstacleCode.CONSENT_ENDED]


def test_a_task_is_done_when_the_picture_is_really_down(library):
    medium, consent = library.depicting()
    place = library.used(medium)
    commands.withdraw_consent(consent_id=consent.public_id, by=library.by, at=library.at)
    task = TakeDown.objects.get(use_id=place.public_id)
    with pytest.raises(InvalidTransition):
        commands.take_down(take_down_id=task.public_id, by=library.by, at=library.at)

    library.clear()
    commands.take_down(take_down_id=task.public_id, by=library.by, at=library.at)

    task.refresh_from_db()
    assert task.state == TakeDownState.DONE
    with pytest.raises(InvalidTransition):
        commands.take_down(take_down_id=task.public_id, by=library.by, at=library.at)


def test_what_stays_needs_a_ground(library):
    _medium, consent = library.depicting()
    commands.withdraw_consent(consent_id=consent.public_id, by=library.by, at=library.at)
    task = TakeDown.objects.get()

    with pytest.raises(Invalid):
        commands.leave_standing(take_down_id=task.public_id, because=" ", by=library.by, at=library.at)
    commands.leave_standing(take_down_id=task.public_id, because="§ 104 a", by=library.by, at=library.at)

    task.refresh_from_db()
    assert (task.state, task.because) == (TakeDownState.KEPT, "§ 104 a")


def test_a_picture_that_must_come_down_is_not_deleted_before_it_is_down(library):
    medium, consent = library.depicting()
    commands.withdraw_consent(consent_id=consent.public_id, by=library.by, at=library.at)
    commands.set_aside(medium_id=medium.public_id, by=library.by, at=library.at)

    with pytest.raises(InvalidTransition):
        commands.delete(medium_id=medium.public_id, by=library.by, at=library.at)
    with pytest.raises(InvalidTransition):
        commands.end_depiction(medium_id=medium.public_id, consent_id=consent.public_id, by=library.by, at=library.at)


def test_who_is_in_the_register_is_seen_by_those_who_publish_there_only(library):
    consent = library.consent()
    reader = factories.person("Lars Leser")
    factories.role(reader, Role.CASE_OFFICER, at=library.at, scope=library.page.scope)
    elsewhere = factories.administrator(factories.presence("Biblioteket", at=library.at), at=library.at)

    for stranger in (reader, elsewhere):
        assert not queries.consents_for(stranger, at=library.at).exists()
        with pytest.raises(NotFound):
            commands.withdraw_consent(consent_id=consent.public_id, by=stranger, at=library.at)
    assert list(queries.consents_for(library.by, at=library.at)) == [consent]
    assert list(queries.ending_consents(library.by, at=library.at)) == []


def test_the_routine_changes_by_a_new_one_and_the_days_with_it(library):
    officer = factories.officer(at=library.at)
    before = queries.routine_in_force()
    assert before.text

    commands.make_routine(
        text="Spør først.", take_down_days=5, child_take_down_days=2, warn_days=60, by=officer, at=library.at
    )
    _medium, consent = library.depicting()
    commands.withdraw_consent(consent_id=consent.public_id, by=library.by, at=library.at)

    assert queries.routine_in_force().text == "Spør først."
    assert TakeDown.objects.get().due_at.date() == date(2026, 3, 17)
    with pytest.raises(Invalid):
        commands.make_routine(
            text="X", take_down_days=1, child_take_down_days=2, warn_days=60, by=officer, at=library.at
        )
    with pytest.raises(NotAllowed):
        commands.make_routine(
            text="X", take_down_days=2, child_take_down_days=2, warn_days=60, by=library.by, at=library.at
        )
