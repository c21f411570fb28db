"""An exercise does everything, and nothing of it leaves the house."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from tests import factories
from tests.crisis.conftest import ENGLISH, TEXT, platforms, send_all
from tests.crisis.test_alerts import MAIL
from tests.crisis.test_incidents import page
from torg.connectors import contract
from torg.core import ids
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.crisis import alerting, calling, commands, queries, sandbox, tasks
from torg.crisis.models import Alert, Asked, Question
from torg.crisis.types import Injection, Rebuttal, SharedAnswer, TeamRole, Wording
from torg.inbox.models import Enquiry
from torg.openness.models import PublicEntry
from torg.outbox.models import OutboxAct
from torg.people import queries as people
from torg.people.models import CalendarKind, RoleAssignment
from torg.publishing.models import Article, PlanHold
from torg.site.models import SitePage

pytestmark = pytest.mark.django_db
SCRIPT = [Injection(1, "Kari", "Kan vi drikke vannet?"), Injection(2, "Per", "Er vatnet trygt å drikke?")]


@pytest.mark.strategy("A8")
def test_nothing_of_an_exercise_reaches_a_platform_a_phone_or_the_site(crisis):
    crisis.publish_site()
    commands.set_gateway(wanted=MAIL, by=crisis.deputy, at=crisis.at)
    hours = people.hours_row(CalendarKind.ANSWERING, at=crisis.at)
    incident, by = crisis.exercise(), {"by": crisis.house.officer, "at": crisis.at}
    commands.write_script(incident_id=incident.public_id, injections=SCRIPT, **by)
    row = crisis.stated(incident)
    commands.call_out(incident_id=incident.public_id, text="Møt", **by)
    later = crisis.at + timedelta(minutes=5)
    assert commands.play(incident_id=incident.public_id, at=later) == 2
    commands.group_questions(incident_id=incident.public_id, at=later)
    question = commands.answer_question(
        question_id=Question.objects.get().public_id,
        texts={"nb": SharedAnswer("Trygt?", "Ja. Hilsen Ola")},
        by=crisis.deputy,
        at=later,
    )
    commands.send_answers(question_id=question.public_id, at=later)
    told = {"nb": Wording("Kok vannet", TEXT.replace("tre", "fem")), "en": ENGLISH}
    commands.correct_statement(
        statement_id=row.public_id, texts=told, told={"nb": "Fem."}, seen_version=1, fitting={"en"}, **by
    )
    commands.correct_rumour(incident_id=incident.public_id, texts={"nb": Rebuttal("Giftig", "Nei")}, **by)
    crisis.close(incident)

    while send_all(later):
        continue

    acts = OutboxAct.objects.all()
    assert {act.handler for act in acts} == {"crisis.sandbox"} and {act.state for act in acts} == {"CONFIRMED"}
    assert acts.count() == 3 + 1 + 2 and {str(act.payload) for act in acts} == {"{}"}
    assert platforms == {} and mail.outbox == [] and not Article.objects.exists() and not Enquiry.objects.exists()
    assert not SitePage.objects.filter(published_at__gt=crisis.at).exists() and "Kokevarsel" not in page("/status/")
    assert not PlanHold.objects.exists() and people.hours_row(CalendarKind.ANSWERING, at=later) == hours
    assert queries.spread_of([row])[row.pk].there == 3
    assert not PublicEntry.objects.exists()


def test_a_place_in_an_exercise_is_a_right_in_that_exercise_and_nowhere_else(crisis, browser):
    real, exercise, stranger = crisis.open(), crisis.exercise(title="Flom"), crisis.house.stranger
    thread = crisis.house.asked(crisis.at, "Kan vi drikke vannet?").thread
    stated = crisis.stated(real)
    member = crisis.seat(exercise, stranger, TeamRole.LEAD, may_approve=True)
    client, own = browser(stranger), f"/crisis/{exercise.public_id}/"

    row = crisis.stated(exercise, by=stranger)
    commands.call_out(incident_id=exercise.public_id, text="Møt", by=stranger, at=crisis.at)

    assert member.lent is None and not RoleAssignment.objects.filter(person=stranger).exists()
    assert row.targets == 3 and client.get(f"/crisis/statements/{row.public_id}/").status_code == 200
    inside = [f"{own}{page}" for page in ("", "team/", "log/", "status/", "statements/new/")]
    assert {client.get(path).status_code for path in inside} == {200}
    assert "data-exercise" in client.get("/people/absence/").content.decode()
    away = [f"/crisis/{real.public_id}/", f"/crisis/statements/{stated.public_id}/"]
    away += [f"/desk/threads/{thread.public_id}/", reverse("publishing:article", args=[stated.article_id])]
    assert [client.get(path).status_code for path in away] == [404, 404, 404, 403]
    assert str(thread.public_id) not in client.get("/desk/queue/").content.decode()
    with pytest.raises(NotFound):
        crisis.drafted(real, by=stranger)
    with pytest.raises(NotFound):
        crisis.withdraw(stated, by=stranger)


def test_with_an_inbox_of_their_own_they_still_find_no_other_and_it_ends_with_the_exercise(crisis, browser):
    exercise, other = crisis.exercise(title="Flom"), factories.presence("Biblioteket", at=crisis.at)
    thread = crisis.house.asked(crisis.at, "Kan vi drikke vannet?").thread
    librarian = factories.administrator(other, at=crisis.at)
    crisis.seat(exercise, librarian, TeamRole.ANSWERER)
    client, own = browser(librarian), f"/crisis/{exercise.public_id}/"

    before = [client.get(path).status_code for path in (own, f"/desk/threads/{thread.public_id}/", "/desk/queue/")]
    crisis.close(exercise)

    assert before == [200, 404, 200]
    assert [client.get(own + page).status_code for page in ("", "log/")] == [404, 404]
    assert exercise.title not in client.get("/people/absence/").content.decode()


def test_an_exercise_lets_no_planned_post_out_and_its_approvals_count_for_nothing_else(crisis):
    crisis.open()
    exercise, by = crisis.exercise(), {"by": crisis.house.officer, "at": crisis.at}
    officer = {"person": crisis.house.officer, "at": crisis.at}

    with pytest.raises(InvalidTransition):
        commands.release_planned(incident_id=exercise.public_id, post_id=ids.new(), **by)
    assert PlanHold.objects.filter(ended_at=None).count() == 1
    assert not queries.allows_approval(incident_id=exercise.public_id, **officer)
    assert not queries.allows_approval(incident_id=None, **officer)


def test_the_job_lets_messages_arrive_and_groups_them_by_itself(crisis, monkeypatch):
    incident = crisis.exercise()
    commands.write_script(incident_id=incident.public_id, injections=SCRIPT, by=crisis.deputy, at=crisis.at)

    for minutes, arrived in ((0, 0), (1, 1), (1, 1), (2, 2)):
        monkeypatch.setattr("torg.core.clock.now", lambda now=crisis.at + timedelta(minutes=minutes): now)
        tasks.gather(0)
        assert Asked.objects.count() == arrived
    assert Question.objects.count() == 1 and not Enquiry.objects.exists()


def test_the_handler_of_alerts_refuses_an_exercise_whoever_plans_it(crisis):
    commands.set_gateway(wanted=MAIL, by=crisis.deputy, at=crisis.at)
    commands.call_out(incident_id=crisis.exercise().public_id, text="Møt", by=crisis.deputy, at=crisis.at)
    act = OutboxAct.objects.get()
    OutboxAct.objects.update(handler=calling.HANDLER)

    with pytest.raises(contract.Refused):
        alerting.perform(act.as_sent())
    send_all(crisis.at)
    assert mail.outbox == [] and Alert.objects.get().state == "FAILED"


def test_only_an_exercise_goes_into_the_sandbox_and_has_a_script(crisis):
    incident = crisis.open()

    with pytest.raises(ValueError, match="exercise"):
        sandbox.plan(incident, [], at=crisis.at)
    with pytest.raises(InvalidTransition):
        commands.write_script(incident_id=incident.public_id, injections=SCRIPT, by=crisis.deputy, at=crisis.at)
    with pytest.raises(Invalid):
        commands.write_script(incident_id=crisis.exercise().public_id, injections=[], by=crisis.deputy, at=crisis.at)
