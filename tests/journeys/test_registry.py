"""What we run, in a real browser: its pages are accessible, and an application is approved by keyboard alone."""

from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.journeys.browser import assert_accessible, photograph, sign_in
from tests.registry import scene
from torg.core import clock
from torg.people.models import Municipality, Notification
from torg.registry import commands as registry
from torg.registry.definitions import POSTS_A_WEEK
from torg.registry.models import Application, Presence, PresenceExport, PresenceGoal, PresenceKind, Review
from torg.registry.tasks import make_export
from torg.registry.words import ApplicationState

pytestmark = pytest.mark.journey

# The same in every order of day and month.
DAY = "11112027"
TABS = ("presence", "goals", "care", "history")


@pytest.fixture
def officer(fresh_database, live_server_address, context):
    Municipality.objects.create(id=1, name="Eksempelvik kommune", is_set_up=True)
    person = factories.officer(at=clock.now())
    sign_in(context, live_server_address, factories.login(person))
    return person


def test_the_pages_are_accessible(officer, live_server_address, page):
    at = clock.now()
    group = factories.presence("Foreldre i 3. klasse", at=at, kind=PresenceKind.CLOSED_GROUP)
    on: dict[str, Any] = {"by": officer, "at": at}
    goal = registry.set_goal(presence_id=group.public_id, aim=scene.AIM, **on)
    for _number in range(2):
        registry.measure_goal(goal_id=goal.public_id, measured=scene.MEASURED, **on)
    registry.set_terms(presence_id=group.public_id, terms=scene.TERMS, **on)
    scene.exported(group, by=officer, at=at)
    sent = registry.apply(wish=scene.wish(officer), by=factories.person("Kine Kino"), at=at)
    addresses = {f"registry-{name}": reverse(f"registry:{name}", args=[group.public_id]) for name in TABS}
    addresses |= {f"registry-{name}": reverse(f"registry:{name}") for name in ("index", "apply")}
    addresses["registry-application"] = reverse("registry:application", args=[sent.public_id])
    addresses["desk-by-hand"] = reverse("desk:by-hand", args=[group.public_id])

    for name, address in addresses.items():
        page.goto(live_server_address + address)
        photograph(page, name)

        assert_accessible(page)


def test_an_application_is_approved_by_keyboard_alone(officer, live_server_address, page):
    applicant = factories.person("Kine Kino")
    sent = registry.apply(wish=scene.wish(applicant), by=applicant, at=clock.now())
    page.goto(live_server_address + reverse("registry:applications"))
    tab_to(page, f"a[href$='/applications/{sent.public_id}/']")
    page.keyboard.press("Enter")
    page.locator("form[action$='/approval/']").wait_for()

    tab_to(page, "form[action$='/approval/'] textarea")
    page.keyboard.type("Velkommen!")
    tab_to(page, "form[action$='/approval/'] button")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Eksempelvik kino").wait_for()
    page.locator("#state").wait_for()
    assert Application.objects.get().state == ApplicationState.APPROVED
    assert Presence.objects.get().application == sent


@pytest.mark.strategy("A5", "C1")
def test_a_page_is_given_a_goal_reviewed_exported_and_closed_by_keyboard_alone(officer, live_server_address, page):
    cinema = factories.presence("Eksempelvik kino", at=clock.now(), kind=PresenceKind.LOCAL_PAGE)
    on = [cinema.public_id]
    page.goto(live_server_address + reverse("registry:goals", args=on))
    fill(page, form_to("registry:goals", *on), wording="Ukens program", target="2", by_on=DAY)
    assert PresenceGoal.objects.get().code == POSTS_A_WEEK

    page.goto(live_server_address + reverse("registry:care", args=on))
    fill(page, form_to("registry:review", *on), outcome=3, remark="Ingen ser den", next_on=DAY)
    page.goto(live_server_address + reverse("registry:history", args=on))
    fill(page, form_to("registry:exports", *on))
    make_export(str(PresenceExport.objects.get().public_id))
    page.goto(live_server_address + reverse("registry:history", args=on))
    fill(page, form_to("registry:closure", *on), followers=1, kept=1)

    cinema.refresh_from_db()
    assert cinema.closed_at is not None and Review.objects.get().outcome == "CLOSE"
    assert Notification.objects.get(person=officer).kind == "EXPORT_READY"


def form_to(name: str, *on: Any) -> str:
    """The form that is sent to a page of ours."""
    return f"form[action='{reverse(name, args=on)}']"


def fill(page, form: str, **typed: str | int) -> None:
    """Unfold a form if it is folded, fill its fields in, and send it; of a choice, so many steps down the list."""
    if page.locator(f"details:not([open]) {form}").count():
        tab_to(page, "summary", holding=form)
        page.keyboard.press("Enter")
    for field, text in typed.items():
        tab_to(page, f"{form} [name={field}]")
        if isinstance(text, str):
            page.keyboard.type(text)
        for _step in range(text if isinstance(text, int) else 0):
            page.keyboard.press("ArrowDown")
    tab_to(page, f"{form} button[type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page, selector: str, *, holding: str = "") -> None:
    """Press Tab until the focus is there, as somebody without a mouse does; `holding` is what its parent holds."""
    reached = "([selector, held]) => document.activeElement.matches(selector) && (!held || document.activeElement"
    reached += ".parentElement.querySelector(held) !== null)"
    for _press in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(reached, [selector, holding]):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")
