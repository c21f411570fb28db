"""Breaches of personal data: the 72 hours, the decision, who sees them, and who is called."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from tests.moderation.conftest import audited
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound, Stale
from torg.moderation import breaching, commands, queries, tasks
from torg.moderation.breaching import Assessment
from torg.moderation.models import Breach, BreachState, Exposed, Risk

SECRET = "Adressen er Fjellveien 3"


@pytest.fixture
def breach(room):
    case = room.case(SECRET)
    return commands.open_breach(case_id=case.public_id, by=room.house.administrator, at=room.at)


def assessed(breach, room, *, risk=Risk.LIKELY, at=None, seen=None):
    told = Assessment(
        what="Et nummer sto åpent i to timer.",
        exposed=Exposed.IDENTITY,
        whom="En innbygger",
        how_many=1,
        consequence="Identitetstyveri",
        measures="Skjult og slettet",
        risk=risk,
    )
    who = {"by": room.house.administrator, "at": at or room.at}
    return commands.assess_breach(breach_id=breach.public_id, assessment=told, seen_version=seen, **who)


def decided(breach, room, *, notifies=True, reason="Det er en risiko.", by=None):
    by = by or room.house.officer
    return commands.decide_breach(breach_id=breach.public_id, notifies=notifies, reason=reason, by=by, at=room.at)


def test_the_clock_runs_for_72_hours_by_the_clock_from_when_we_knew(breach, room):
    assert breach.known_at == breach.case.opened_at
    assert breach.notify_by == breach.known_at + timedelta(hours=72)
    assert audited("moderation.breach.opened") == 1


def test_opening_twice_is_the_same_breach(breach, room):
    again = commands.open_breach(case_id=breach.case.public_id, by=room.house.officer, at=room.at)

    assert again == breach


def test_nobody_knew_of_it_tomorrow(room):
    case = room.case(SECRET)

    with pytest.raises(Invalid):
        commands.open_breach(
            case_id=case.public_id, known_at=room.at + timedelta(hours=1), by=room.house.officer, at=room.at
        )


def test_whoever_may_not_open_what_is_sensitive_neither_opens_nor_sees_one(breach, room):
    case = room.case("En annen tekst")

    with pytest.raises(NotAllowed):
        commands.open_breach(case_id=case.public_id, by=room.house.contributor, at=room.at)
    with pytest.raises(NotFound):
        queries.breach_or_absent(breach.public_id, person=room.house.contributor, at=room.at)
    assert not queries.breaches(room.house.leader, at=room.at).exists()


def test_nothing_is_decided_before_it_is_assessed(breach, room):
    with pytest.raises(Invalid):
        decided(breach, room)


@pytest.mark.parametrize("risk", [Risk.LIKELY, Risk.HIGH])
def test_where_harm_is_likely_the_authority_must_know(breach, room, risk):
    assessed(breach, room, risk=risk)

    with pytest.raises(Invalid):
        decided(breach, room, notifies=False)


def test_not_to_notify_needs_a_reason_and_stands_in_the_register(breach, room):
    assessed(breach, room, risk=Risk.UNLIKELY)

    with pytest.raises(Invalid):
        decided(breach, room, notifies=False, reason=" ")
    assert decided(breach, room, notifies=False).state == BreachState.NOT_NOTIFIED
    assert audited("moderation.breach.decided") == 1


def test_a_page_administrator_assesses_and_does_not_decide(breach, room):
    assessed(breach, room)

    with pytest.raises(NotAllowed):
        decided(breach, room, by=room.house.administrator)


def test_after_72_hours_it_is_notified_with_the_reason_for_being_late(breach, room):
    assessed(breach, room)
    decided(breach, room)
    late = {"breach_id": breach.public_id, "by": room.house.officer, "at": room.at + timedelta(hours=73)}

    with pytest.raises(Invalid):
        commands.note_notified(**late)
    told = commands.note_notified(reference="26/1", late_because="Ferie", **late)

    assert (told.state, told.reference) == (BreachState.NOTIFIED, "26/1")


def test_at_high_risk_it_is_not_closed_before_those_affected_are_told(breach, room):
    assessed(breach, room, risk=Risk.HIGH)
    decided(breach, room)
    act = {"breach_id": breach.public_id, "by": room.house.officer, "at": room.at}
    commands.note_notified(**act)

    with pytest.raises(Invalid):
        commands.close_breach(**act)
    commands.note_affected(**act)

    assert commands.close_breach(**act).state == BreachState.CLOSED
    with pytest.raises(InvalidTransition):
        assessed(breach, room)


def test_two_who_write_at_once_are_told(breach, room):
    assessed(breach, room, seen=1)

    with pytest.raises(Stale):
        assessed(breach, room, seen=1)


def test_knowing_more_it_is_taken_up_again_with_the_same_clock(breach, room):
    assessed(breach, room, risk=Risk.UNLIKELY)
    decided(breach, room, notifies=False)

    again = commands.reassess_breach(breach_id=breach.public_id, by=room.house.officer, at=room.at)

    assert (again.state, again.notify_by) == (BreachState.ASSESSING, breach.notify_by)


def test_the_database_keeps_the_clock_and_the_reason(breach):
    for change in ({"notify_by": breach.notify_by + timedelta(days=1)}, {"state": "NOT_NOTIFIED"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Breach.objects.filter(pk=breach.pk).update(**change)


def test_those_who_decide_are_called_before_the_deadline_each_step_once(breach, room):
    before = breach.notify_by - timedelta(hours=12)

    assert commands.warn_of_breaches(at=breach.known_at + timedelta(hours=1)) == 0
    assert commands.warn_of_breaches(at=before) == 1
    assert commands.warn_of_breaches(at=before) == 0
    assert commands.warn_of_breaches(at=breach.notify_by) == 1
    assert audited("moderation.breach.alarm") == 2


def test_the_letter_says_where_to_look_and_nothing_of_what_it_is(breach, room):
    tasks.mail_breach(str(breach.public_id), str(room.house.officer.public_id))

    letter = mail.outbox[0]
    assert str(breach.public_id) in letter.body
    assert SECRET not in letter.body and "Storvik" not in letter.body + letter.subject


def test_the_texts_hold_what_was_judged_and_nothing_of_what_was_exposed(breach, room):
    made = assessed(breach, room)

    for text in (breaching.text_for_authority(made), breaching.text_for_affected(made)):
        assert "Identitetstyveri" in text and "Fjellveien" not in text


class TestPages:
    def test_the_whole_way_on_the_pages(self, signed_in, room, now):
        case = room.case(SECRET)
        browser = signed_in(room.house.officer)
        page = browser.post(f"/moderation/cases/{case.public_id}/breach/")["location"]
        words = {"what": "Et nummer", "whom": "En", "consequence": "Noe", "measures": "Skjult"}

        first = browser.post(f"{page}assessment/", words | {"exposed": "CONTACT", "risk": "3", "how_many": ""})
        browser.post(f"{page}decision/", {"notifies": "yes", "reason": "Høy risiko"})
        browser.post(f"{page}notification/", {"reference": "26/2"})
        browser.post(f"{page}affected/", {"not_told_because": ""})
        browser.post(f"{page}closing/")

        assert first.status_code == 303
        assert Breach.objects.get().state == BreachState.CLOSED
        assert browser.get(page).status_code == browser.get("/moderation/breaches/").status_code == 200

    def test_a_refusal_shows_the_page_again_with_what_was_written(self, signed_in, room, breach, now):
        browser = signed_in(room.house.officer)

        answer = browser.post(f"/moderation/breaches/{breach.public_id}/decision/", {"notifies": "no", "reason": "Nei"})

        assert answer.status_code == 422 and "Nei" in answer.content.decode()

    def test_those_without_the_right_find_nothing(self, signed_in, room, breach, now):
        browser = signed_in(room.house.contributor)

        assert browser.get(f"/moderation/breaches/{breach.public_id}/").status_code == 403
        assert browser.get("/moderation/breaches/").status_code == 403
