"""Applying to open a page, and the decision: who may, when, and what is said."""

import pytest

from tests import factories
from tests.registry import scene
from torg.audit.models import AuditEvent
from torg.channels.models import Connection
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.people import queries as people
from torg.people.models import Notification
from torg.people.types import Permission, Role
from torg.registry import commands as registry
from torg.registry import queries
from torg.registry.models import Application, Presence, PresenceKind
from torg.registry.types import Measured
from torg.registry.words import ApplicationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant(at):
    """Somebody without any role."""
    return factories.person("Kine Kino")


@pytest.fixture
def sent(applicant, at):
    return registry.apply(wish=scene.wish(applicant), by=applicant, at=at)


@pytest.mark.strategy("C1", "C2")
def test_an_approved_application_is_a_page_that_its_owner_runs(officer, sent, applicant, at):
    assert list(queries.applications_to_decide(officer, at=at)) == [sent]
    registry.approve_application(application_id=sent.public_id, reasons="Lykke til!", by=officer, at=at)

    page = Presence.objects.get()
    assert (page.name, page.unit.name, page.scope.name, page.details.owner) == (
        "Eksempelvik kino",
        "Kultur",
        "Eksempelvik kino",
        applicant,
    )
    assert people.may(applicant, Permission.PUBLISH, scope_id=page.scope_id, at=at)
    told = {(one.person, one.kind): one.path for one in Notification.objects.all()}
    assert told.keys() == {(officer, "APPLICATION_SENT"), (applicant, "APPLICATION_DECIDED")}
    assert str(page.public_id) in told[applicant, "APPLICATION_DECIDED"]
    names = set(AuditEvent.objects.filter(scope_id=page.scope_id).values_list("name", flat=True))
    assert names >= {"registry.application.sent", "registry.application.approved"}


def test_a_second_click_is_no_second_application_and_a_withdrawn_one_may_be_sent_anew(applicant, sent, at):
    with pytest.raises(Invalid) as refusal:
        registry.apply(wish=scene.wish(applicant), by=applicant, at=at)
    registry.withdraw_application(application_id=sent.public_id, by=applicant, at=at)
    anew = registry.apply(wish=scene.wish(applicant), by=applicant, at=at)

    assert refusal.value.field == "name"
    assert list(Application.objects.filter(state=ApplicationState.SENT)) == [anew]


@pytest.mark.strategy("C5")
def test_a_group_is_opened_with_the_terms_that_were_applied_for(applicant, officer, at):
    wish = scene.wish(applicant, kind=PresenceKind.CLOSED_GROUP)
    sent = registry.apply(wish=wish, by=applicant, at=at)

    registry.approve_application(application_id=sent.public_id, by=officer, at=at)

    assert Presence.objects.get().terms.get().members == "Foresatte i gruppa"


@pytest.mark.strategy("C2")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"answers_next_working_day": False}, "answers_next_working_day"),
        ({"follows_profile": False}, "follows_profile"),
        ({"posts_per_week": 0}, "posts_per_week"),
        ({"why_not_main_page": " "}, "why_not_main_page"),
        ({"kind": PresenceKind.CLOSED_GROUP, "terms": None}, None),
        ({"kind": PresenceKind.MAIN_PAGE}, "kind"),
    ],
    ids=str,
)
def test_whoever_does_not_commit_cannot_apply(changed, field, applicant, at):
    with pytest.raises(Invalid) as refused:
        registry.apply(wish=scene.wish(applicant, **changed), by=applicant, at=at)

    assert refused.value.field == field
    assert not Application.objects.exists()


def test_a_refusal_needs_reasons_and_can_advise_the_main_page(sent, officer, at):
    with pytest.raises(Invalid):
        registry.refuse_application(application_id=sent.public_id, reasons=" ", by=officer, at=at)

    registry.refuse_application(
        application_id=sent.public_id, reasons="Bruk hovedsiden.", is_advised_main_page=True, by=officer, at=at
    )

    sent.refresh_from_db()
    assert (sent.state, sent.is_advised_main_page, sent.presence) == (ApplicationState.REFUSED, True, None)
    assert not Presence.objects.exists()


@pytest.mark.parametrize("end", ["approve", "refuse", "withdraw"])
def test_what_is_decided_or_withdrawn_is_decided_once(end, sent, applicant, officer, at):
    one = {"application_id": sent.public_id, "at": at}
    ends = {
        "approve": lambda: registry.approve_application(by=officer, **one),
        "refuse": lambda: registry.refuse_application(reasons="Nei", by=officer, **one),
        "withdraw": lambda: registry.withdraw_application(by=applicant, **one),
    }
    ends[end]()

    for again in ends.values():
        with pytest.raises(InvalidTransition):
            again()


def test_neither_the_applicant_nor_a_page_administrator_nor_a_rule_decides(officer, runner, at):
    own = registry.apply(wish=scene.wish(officer), by=officer, at=at)

    assert [queries.applications_to_decide(one, at=at).exists() for one in (officer, runner)] == [False, False]
    with pytest.raises(NotAllowed):
        registry.approve_application(application_id=own.public_id, by=officer, at=at)
    with pytest.raises(NotFound):
        registry.approve_application(application_id=own.public_id, by=runner, at=at)
    with pytest.raises(NotAllowed):
        registry.withdraw_application(application_id=own.public_id, by=factories.officer(at=at, name="To"), at=at)


@pytest.mark.strategy("C8")
def test_an_application_for_a_secret_group_is_as_secret_as_the_group(applicant, officer, at):
    leader = factories.person("Lars Leder")
    factories.role(leader, Role.LEADER, at=at)
    sent = registry.apply(wish=scene.wish(applicant, kind=PresenceKind.SECRET_GROUP), by=applicant, at=at)
    registry.approve_application(application_id=sent.public_id, by=officer, at=at)

    assert not queries.applications_to_decide(leader, at=at).exists()
    assert [list(queries.applications_for(one, at=at)) for one in (applicant, officer, leader)] == [[sent], [sent], []]
    assert not AuditEvent.objects.exclude(scope_id=None).exists()
    assert set(AuditEvent.objects.values_list("target_id", flat=True)) == {""}


@pytest.mark.strategy("C1")
def test_the_advice_counts_followers_and_posts_of_public_pages_only(page, officer, at):
    assert queries.advice(at=at) is None
    main = factories.presence("Eksempelvik kommune", at=at)
    factories.presence("Varslere", at=at, kind=PresenceKind.SECRET_GROUP)
    goal = registry.set_goal(presence_id=main.public_id, aim=scene.AIM, by=officer, at=at)
    measured = Measured(scene.AIM.target, scene.BEHIND, "Statistikk")
    registry.measure_goal(goal_id=goal.public_id, measured=measured, by=officer, at=at)

    found = queries.advice(at=at)

    assert (found.main_page, found.followers, found.posts) == (main.name, 2000, 0)
    assert (found.local_pages, found.local_pages_unseen) == (0, 1)

    of_page = {"presence": page, "scope_id": page.scope_id, "capabilities": [], "opened_at": at}
    Connection.objects.create(**of_page, platform="facebook", external_id="2002", name="Kino")
    found = queries.advice(at=at)

    assert (found.local_pages, found.local_pages_keeping_up, found.local_pages_unseen) == (1, 0, 0)
