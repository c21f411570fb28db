"""Looking after pages by keyboard alone: duties, breach, watch round, leaver, emergency access by two."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.journeys.browser import assert_accessible, sign_in
from tests.journeys.test_registry import tab_to
from tests.oversight.conftest import build_scene
from torg.core import clock
from torg.oversight import commands
from torg.oversight.models import AccessTask, BreachNote, DutyAlarm, EmergencyAccess, WatchRound
from torg.oversight.types import AlarmStep, EmergencyState
from torg.people.models import Municipality, Notification, Person
from torg.people.types import NotificationKind, Role
from torg.registry.models import Presence

pytestmark = pytest.mark.journey

PAGES = ("index", "breaches", "rounds", "access", "emergencies", "groups", "rules")


@pytest.fixture
def scene(fresh_database, live_server_address, context):
    Municipality.objects.create(id=1, name="Storvik kommune", is_set_up=True)
    made = build_scene()
    Presence.objects.update(opened_at=clock.now() - timedelta(days=300))
    yesterday = (clock.now() - timedelta(days=1)).date()
    made.administrates(made.house.contributor, made.cinema)
    made.employee("9", "Eva Dahl", email=made.house.contributor.email, left_on=yesterday)
    sign_in(context, live_server_address, made.officer.logins.first() or factories.login(made.officer))
    return made


def test_a_page_is_looked_after_by_keyboard_alone(scene, live_server_address, page):
    leader = factories.person("Ada Leder")
    factories.role(leader, Role.LEADER, at=clock.now())
    commands.watch_duties(at=clock.now())
    commands.note_leavers(at=clock.now())
    missed = Notification.objects.filter(person=leader, kind=NotificationKind.DUTY_MISSED)
    assert DutyAlarm.objects.filter(presence=scene.cinema, step=AlarmStep.ESCALATION).exists() and missed.exists()

    page.goto(live_server_address + reverse("oversight:index"))
    follow(page, f"main a[href$='/oversight/pages/{scene.cinema.public_id}/']")
    tab_to(page, "td summary")
    page.keyboard.press("Enter")
    tab_to(page, "form[action$='/explanations/'] textarea")
    page.keyboard.type("Stengt for oppussing. Ukens program kommer fra mandag.")
    follow(page, "form[action$='/explanations/'] button")
    assert BreachNote.objects.get().noted_by == scene.officer

    page.goto(live_server_address + reverse("oversight:page", args=[scene.cinema.public_id]))
    follow(page, "form[action$='/rounds/'] button")
    tab_to(page, "main form input[type=radio], main form select")
    page.keyboard.press("Space")
    follow(page, "main form button[type=submit]")
    assert WatchRound.objects.get().finished_at is not None

    page.goto(live_server_address + reverse("oversight:access"))
    follow(page, "form[action*='/access/tasks/'] button")
    assert AccessTask.objects.filter(done_by=scene.officer).exists()


def test_emergency_access_is_given_by_a_second_person_by_keyboard(scene, live_server_address, page):
    at = clock.now()
    asker: Person = scene.house.administrator
    asked = commands.ask_for_emergency_access(reason="Siden er kapret", hours=2, by=asker, at=at)

    page.goto(live_server_address + reverse("oversight:emergencies"))
    follow(page, "form[action$='/agreement/'] button")

    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == (EmergencyState.GRANTED, scene.officer)
    assert EmergencyAccess.objects.count() == 1


def test_the_pages_are_accessible(scene, live_server_address, page):
    commands.watch_duties(at=clock.now())
    commands.note_leavers(at=clock.now())
    addresses = [reverse(f"oversight:{name}") for name in PAGES]
    addresses += [reverse("oversight:page", args=[one.public_id]) for one in (scene.cinema, scene.group)]

    for address in addresses:
        page.goto(live_server_address + address)

        assert_accessible(page)


def follow(page, selector: str) -> None:
    """Reach it by Tab and press Enter."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
