"""The pages on what we run: they open with few queries, forms do what they say, and keep what was typed."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.registry import scene
from torg.core import clock
from torg.people.models import Unit
from torg.people.types import Role
from torg.registry import commands as registry
from torg.registry import exporting, queries
from torg.registry.models import Application, Presence, PresenceExport, PresenceGoal, PresenceKind
from torg.registry.tasks import EXPORTER, erase_exports, make_export
from torg.registry.types import About
from torg.registry.words import ApplicationState, ExportState

pytestmark = pytest.mark.django_db
TABS = ("presence", "goals", "access", "care", "terms", "description", "history")
DAY = (clock.now() + timedelta(days=200)).date().isoformat()
TODAY = clock.now().date().isoformat()


@pytest.fixture
def signed_in(client, officer):
    client.force_login(factories.login(officer))
    return client


@pytest.fixture
def group(at):
    return factories.presence("Foreldre i 3. klasse", at=at, kind=PresenceKind.CLOSED_GROUP)


def forms_of(page, person):
    """What is typed into each form of a presence's pages."""
    return {
        "description": {"name": "Nytt navn", "purpose": scene.HOSTILE},
        "details": {"owner": str(person.public_id), "target_groups": scene.HOSTILE, "languages": ["nb", "se"]},
        "goals": {
            "measure": "REACH",
            "wording": scene.HOSTILE,
            "target": "100",
            "unit_of_measure": "folk",
            "by_on": DAY,
        },
        "administrators": {"person": str(person.public_id)},
        "custody": {"keeping": "VAULT", "holder": str(person.public_id), "second_factor": "KEY"},
        "profile": {"has_name": "on", "remark": scene.HOSTILE},
        "privacy": {
            "is_near_vulnerable": "no",
            "outcome": "ACCEPTABLE",
            "grounds": scene.HOSTILE,
            "review_on": DAY,
        },
        "review": {"outcome": "KEEP", "next_on": DAY},
        "terms": {"legal_ground": scene.HOSTILE, "members": "Foresatte", "pictures": "Skriftlig"},
        "exports": {},
    }


@pytest.mark.strategy("A5", "C1", "C5")
def test_every_form_is_taken_and_no_page_runs_what_somebody_typed(
    signed_in, group, officer, django_assert_max_num_queries
):
    for name, typed in forms_of(group, officer).items():
        answer = signed_in.post(reverse(f"registry:{name}", args=[group.public_id]), typed)
        assert answer.status_code == 303, (name, answer.content.decode()[-3000:])

    for name in TABS:
        with django_assert_max_num_queries(12):
            answer = signed_in.get(reverse(f"registry:{name}", args=[group.public_id]))
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("name", ["goals", "custody", "privacy", "review", "terms", "description"])
def test_a_form_that_lacks_something_is_shown_again(signed_in, group, name):
    answer = signed_in.post(reverse(f"registry:{name}", args=[group.public_id]), {"remark": "Beholdt tekst"})

    assert answer.status_code == 422
    assert "ds-validation-message" in answer.content.decode()


@pytest.mark.strategy("A5")
def test_a_goal_is_shown_as_not_measured_until_it_is_measured(signed_in, page, officer):
    at = clock.now()
    goal = registry.set_goal(presence_id=page.public_id, aim=scene.AIM, by=officer, at=at)
    address = reverse("registry:goals", args=[page.public_id])
    before = signed_in.get(address, headers={"accept-language": "en"}).content.decode()
    typed = {"value": "1500", "measured_on": TODAY, "source": scene.HOSTILE}

    for value in ("1400", "1500"):
        signed_in.post(reverse("registry:measurements", args=[goal.public_id]), {**typed, "value": value})

    after = signed_in.get(address).content.decode()
    assert goal.wording in signed_in.get(reverse("registry:all-goals")).content.decode()
    assert "t-trend" in after and "t-trend" not in before
    assert [one.standing for one in queries.goals_of(page, at=at)] == ["ON_ITS_WAY"]
    signed_in.post(reverse("registry:end-goal", args=[goal.public_id]), {"because": "GIVEN_UP"})
    assert PresenceGoal.objects.get().ended_because == "GIVEN_UP"


@pytest.mark.strategy("C1")
def test_a_page_is_closed_through_export_and_form(signed_in, page, officer):
    address = reverse("registry:history", args=[page.public_id])
    signed_in.post(reverse("registry:exports", args=[page.public_id]))
    make_export(str(PresenceExport.objects.get().public_id))

    fetched = signed_in.post(reverse("registry:export-file", args=[PresenceExport.objects.get().public_id]))
    closure, told = reverse("registry:closure", args=[page.public_id]), {"followers": "TOLD", "kept": "ARCHIVED"}
    nowhere = signed_in.post(closure, {**told, "followers": "MOVED"})
    signed_in.post(closure, told)

    assert nowhere.status_code == 422
    page.refresh_from_db()
    assert fetched.getvalue().startswith(b"PK")
    assert page.closed_at is not None
    assert page.closure.get_followers_display() in html.unescape(signed_in.get(address).content.decode())
    assert page.name not in signed_in.get(reverse("registry:index")).content.decode()
    assert page.name in signed_in.get(reverse("registry:index"), {"state": "closed"}).content.decode()


def test_pages_are_merged_and_replaced_by_form_and_nothing_unseen_can_be_chosen(signed_in, page, officer, at):
    main = factories.presence("Eksempelvik kommune", at=at)
    secret = factories.presence("Varslere", at=at, kind=PresenceKind.SECRET_GROUP)
    scene.exported(page, by=officer, at=clock.now())
    typed = {"because": "ORDINARY", "followers": "MOVED", "kept": "ARCHIVED"}
    merger = reverse("registry:merger", args=[page.public_id])

    refused = signed_in.post(merger, {**typed, "other": str(secret.public_id)})
    signed_in.post(merger, {**typed, "other": str(main.public_id)})
    tie = {"other": str(main.public_id), "kind": "REPLACED", "because": "MUNICIPALITIES_MERGED"}
    signed_in.post(reverse("registry:successions", args=[page.public_id]), tie)

    assert refused.status_code == 422
    assert set(page.successors.values_list("kind", flat=True)) == {"MERGED", "REPLACED"}
    assert "Eksempelvik kommune" in signed_in.get(reverse("registry:presence", args=[page.public_id])).content.decode()


@pytest.mark.strategy("C1", "C2")
def test_somebody_without_a_role_applies_and_reads_the_answer(client, officer, at):
    applicant = factories.person("Kine Kino")
    client.force_login(factories.login(applicant))
    unit = Unit.objects.create(name="Kultur")
    typed = {
        "kind": "LOCAL_PAGE",
        "name": "Eksempelvik kino",
        "purpose": scene.HOSTILE,
        "target_groups": "Alle",
        "why_not_main_page": "Program hver uke",
        "unit": str(unit.public_id),
        "owner": str(applicant.public_id),
        "posts_per_week": "1",
    }
    refused = client.post(reverse("registry:apply"), typed)
    client.post(reverse("registry:apply"), {**typed, "answers_next_working_day": "on", "follows_profile": "on"})
    sent = Application.objects.get()
    own = reverse("registry:application", args=[sent.public_id])

    assert (refused.status_code, client.get(own).status_code) == (422, 200)
    assert client.post(reverse("registry:approval", args=[sent.public_id])).status_code == 403
    client.force_login(factories.login(officer))
    assert client.post(reverse("registry:refusal", args=[sent.public_id]), {"reasons": ""}).status_code == 422
    client.post(reverse("registry:approval", args=[sent.public_id]), {"reasons": "Velkommen"})
    client.force_login(applicant.logins.get())
    assert "Velkommen" in client.get(own).content.decode()
    assert client.get(reverse("registry:presence", args=[Presence.objects.get().public_id])).status_code == 200


@pytest.mark.parametrize("name", ["refusal", "withdrawal"])
def test_an_application_ends_by_form(signed_in, officer, name):
    applicant = officer if name == "withdrawal" else factories.person("Kine Kino")
    sent = registry.apply(wish=scene.wish(applicant), by=applicant, at=clock.now())

    signed_in.post(reverse(f"registry:{name}", args=[sent.public_id]), {"reasons": "Nei", "is_advised_main_page": "on"})

    sent.refresh_from_db()
    assert sent.state != ApplicationState.SENT
    assert signed_in.get(reverse("registry:application", args=[sent.public_id])).status_code == 200
    assert signed_in.get(reverse("registry:applications")).status_code == 200


def test_the_list_asks_as_many_questions_for_many_as_for_one(
    signed_in, officer, deputy, at, django_assert_max_num_queries
):
    for number in range(30):
        factories.presence(f"Side {number}", at=at, kind=PresenceKind.LOCAL_PAGE)
    for state in ("", "due", "closed"):
        with django_assert_max_num_queries(9):
            signed_in.get(reverse("registry:index"), {"state": state, "kind": "LOCAL_PAGE"})

    assert "Side 7" in signed_in.get(reverse("registry:index"), {"state": "due"}).content.decode()
    assert "Side 7" not in signed_in.get(reverse("registry:index"), {"kind": "BLOG"}).content.decode()


def test_an_owner_who_cannot_see_the_page_is_pointed_out_until_they_have_a_role(signed_in, group, officer, at):
    owner = factories.person("Eva Eier")
    about = About(owner=owner)
    registry.change_details(presence_id=group.public_id, about=about, by=officer, at=at)
    address, remedy = (
        reverse("registry:presence", args=[group.public_id]),
        reverse("people:person", args=[owner.public_id]),
    )

    assert remedy in signed_in.get(address).content.decode()

    factories.role(owner, Role.PAGE_ADMINISTRATOR, at=at, scope=group.scope)
    assert remedy not in signed_in.get(address).content.decode()


def test_exports_are_erased_at_night(page, officer, at):
    ordered = registry.order_export(presence_id=page.public_id, by=officer, at=at)
    exporting.make(ordered.public_id, by=EXPORTER, at=clock.now() - timedelta(days=91))

    erase_exports(0)

    assert PresenceExport.objects.get().state == ExportState.EXPIRED


def test_what_is_no_group_has_no_terms_and_whoever_reads_changes_nothing(client, page, group, at):
    leader = factories.person("Lars Leder")
    factories.role(leader, Role.LEADER, at=at)
    client.force_login(factories.login(leader))

    assert client.get(reverse("registry:terms", args=[page.public_id])).status_code == 404
    for name, typed in forms_of(group, leader).items():
        assert client.post(reverse(f"registry:{name}", args=[group.public_id]), typed).status_code == 403
