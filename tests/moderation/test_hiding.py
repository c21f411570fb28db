"""Hiding for now: one person, severe grounds only, evidence first; and what happens when nobody decides."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from tests.inbox.conftest import ABLE, audited
from torg.channels.models import Connection
from torg.connectors import contract
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, Unavailable
from torg.dialogue.models import Item
from torg.moderation import commands, tasks
from torg.moderation.models import Case, Escalation, TemporaryHiding
from torg.moderation.words import SEVERE, STAYS_HIDDEN, Ground
from torg.records.models import Capture

THREAT = "Jeg skal drepe deg."
LATER = timedelta(days=3)


def hide(room, case, *, ground=Ground.THREAT, by=None, reason="Må bort nå."):
    return commands.hide_for_now(
        case_id=case.public_id, ground=ground, reason=reason, by=by or room.house.administrator, at=room.at
    )


def asked(room) -> list[str]:
    return [act.kind.value for act in room.platform.performed]


def test_evidence_is_taken_before_it_is_hidden(room):
    case = room.case(THREAT)

    hiding = hide(room, case)
    taken = Capture.objects.filter(subject_id=case.item.public_id).count()
    room.work()

    hiding.refresh_from_db()
    assert (taken, asked(room), hiding.state, audited("moderation.hiding.begun")) == (1, ["hide"], "ACTIVE", 1)


@pytest.mark.strategy("B3")
def test_the_deadline_counts_working_hours(room):
    # From Tuesday at ten: one working day, so Wednesday at closing.
    assert hide(room, room.case(THREAT)).deadline_at.isoformat() == "2026-03-11T14:30:00+00:00"


@pytest.mark.parametrize("ground", sorted(set(Ground) - SEVERE))
def test_nobody_hides_an_opinion_alone(room, ground):
    with pytest.raises(NotAllowed):
        hide(room, room.case(), ground=ground)


@pytest.mark.parametrize("who", ["case_officer", "contributor", "leader"])
def test_without_the_right_nothing_is_hidden(room, who):
    with pytest.raises(NotAllowed):
        hide(room, room.case(THREAT), by=getattr(room.house, who))


def test_a_reason_is_needed(room):
    with pytest.raises(Invalid):
        hide(room, room.case(THREAT), reason=" ")


def test_what_is_hidden_is_not_hidden_again(room):
    case = room.case(THREAT)
    hide(room, case)

    with pytest.raises(InvalidTransition):
        hide(room, case, by=room.house.officer)


def test_what_the_author_has_deleted_is_not_hidden(room):
    case = room.case(THREAT)
    Item.objects.filter(pk=case.item_id).update(platform_state="DELETED_BY_AUTHOR")

    with pytest.raises(InvalidTransition):
        hide(room, case)


@pytest.mark.strategy("B2")
def test_a_channel_that_cannot_hide_says_so(room):
    case = room.case(THREAT)
    Connection.objects.filter(pk=room.house.connection.pk).update(capabilities=ABLE)

    with pytest.raises(Unavailable):
        hide(room, case)


def test_shown_again_before_it_left_nothing_is_asked_of_the_platform(room, at):
    case = room.case(THREAT)
    hide(room, case)

    commands.show_again(case_id=case.public_id, by=room.house.officer, at=at)
    room.work()

    assert (asked(room), TemporaryHiding.objects.get().state) == ([], "LIFTED")
    assert audited("moderation.hiding.lifted") == 1


def test_shown_again_after_it_was_hidden(room, at):
    case = room.case(THREAT)
    hide(room, case)
    room.work()

    commands.show_again(case_id=case.public_id, by=room.house.officer, at=at)
    room.work()

    assert asked(room) == ["hide", "unhide"]


def test_letting_the_text_stand_shows_it_again(room, at):
    case = room.case(THREAT)
    hide(room, case)
    room.work()

    with pytest.raises(NotAllowed):
        commands.dismiss(case_id=case.public_id, because="LAWFUL", by=room.house.case_officer, at=at)
    commands.dismiss(case_id=case.public_id, because="LAWFUL", by=room.house.officer, at=at)
    room.work()

    assert asked(room) == ["hide", "unhide"]


def test_what_the_platform_refuses_to_hide_can_be_hidden_again(room):
    case = room.case(THREAT)
    room.platform.fail(contract.Refused("Kan ikke skjules."))
    hide(room, case)
    room.work()

    again = hide(room, case, by=room.house.officer)
    room.work()

    again.refresh_from_db()
    assert [row.state for row in TemporaryHiding.objects.order_by("id")] == ["REFUSED", "ACTIVE"]


@pytest.mark.strategy("B3")
@pytest.mark.parametrize("ground", sorted(SEVERE - STAYS_HIDDEN))
def test_an_opinion_lapses_to_visible_and_somebody_is_told(room, ground):
    case = room.case()
    hide(room, case, ground=ground)
    room.work()

    commands.settle_hidings(at=room.at + LATER)
    room.work(room.at + LATER)

    assert (asked(room), TemporaryHiding.objects.get().state) == (["hide", "unhide"], "LAPSED")
    assert (Escalation.objects.count() > 0, audited("moderation.hiding.lapsed")) == (True, 1)


@pytest.mark.strategy("C6")
@pytest.mark.parametrize("ground", sorted(STAYS_HIDDEN))
def test_what_can_harm_stays_hidden(room, ground):
    hide(room, room.case(THREAT), ground=ground)
    room.work()

    commands.settle_hidings(at=room.at + LATER)
    room.work(room.at + LATER)

    assert (asked(room), TemporaryHiding.objects.get().state) == (["hide"], "ACTIVE")
    assert audited("moderation.hiding.escalated") == 1


def test_the_next_on_duty_is_called_and_then_the_leader_each_step_recorded(room, on_duty):
    hiding = hide(room, room.case(THREAT))

    for minutes in (0, 1, 61, 121, 181, 1000):
        commands.settle_hidings(at=hiding.deadline_at + timedelta(minutes=minutes))

    called = Escalation.objects.order_by("step", "person__name").values_list("step", "person__name")
    first, second = on_duty.first.name, on_duty.second.name
    everyone = sorted([room.house.leader.name, room.house.officer.name, room.deputy.name])
    assert list(called) == [(1, first), (2, second), *((3, name) for name in everyone)]
    assert audited("moderation.hiding.escalated") == 3


def test_the_mail_says_where_to_look_and_nothing_that_was_written(room):
    hiding = hide(room, room.case(THREAT))
    commands.settle_hidings(at=hiding.deadline_at)

    tasks.mail_escalations()
    tasks.mail_escalations()

    assert len(mail.outbox) == Escalation.objects.count()
    page = reverse("desk:case", args=[hiding.case.public_id])
    assert all(page in letter.body for letter in mail.outbox), "the letter leads to the page"
    assert "drepe" not in mail.outbox[0].body + mail.outbox[0].subject


def test_before_the_deadline_nothing_lapses(room):
    hiding = hide(room, room.case(), ground=Ground.HATE)

    assert commands.settle_hidings(at=hiding.deadline_at - timedelta(seconds=1)) == 0
    assert TemporaryHiding.objects.get().state == "PLANNED"


def test_a_decision_to_delete_takes_the_hiding_over(room):
    case = room.case(THREAT)
    hide(room, case)
    room.work()

    room.decided(case=Case.objects.get(pk=case.pk), rule="threats", ground=Ground.THREAT)
    room.work()
    commands.settle_hidings(at=room.at + LATER)

    assert (asked(room), TemporaryHiding.objects.get().state) == (["hide", "private-reply", "delete"], "UPHELD")
