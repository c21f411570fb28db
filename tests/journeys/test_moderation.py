"""A text from the first suspicion to its deletion, by two people and by keyboard only; its pages by axe."""

import pytest
from playwright.sync_api import expect

from tests.inbox.conftest import build_house
from tests.journeys.browser import assert_accessible, photograph, sign_in
from tests.moderation.room import build_room
from torg.core import clock
from torg.moderation import commands
from torg.moderation.complaining import Verdict
from torg.moderation.models import Case, Outcome
from torg.people.models import Login, Municipality

pytestmark = pytest.mark.journey


@pytest.fixture
def room(fresh_database, settings):
    settings.CHANNEL_FACTORY = "tests.moderation.room.make"
    Municipality.objects.create(id=1, name="Storvik kommune", is_fictional=True, is_set_up=True)
    return build_room(build_house(), clock.now())


@pytest.fixture
def sit_down(live_server_address, context, page):
    """Somebody signs in at the same machine; returns a way to open a page by its path."""

    def enter(person):
        login = Login.objects.filter(person=person).first()
        sign_in(context, live_server_address, login or Login.objects.create_user(email=person.email, person=person))
        return lambda path: page.goto(live_server_address + path)

    return enter


def fold_out(page, name):
    """Open a folded part with Enter, and stand at what it holds."""
    page.locator("summary", has_text=name).first.press("Enter")


def test_a_text_is_hidden_proposed_agreed_and_deleted_by_keyboard_only(room, sit_down, page):
    case = room.case()
    room.marked(case)
    address = f"/desk/moderation/cases/{case.public_id}/"
    sit_down(room.house.administrator)("/desk/moderation/")
    page.locator(".d-row__link").first.press("Enter")
    page.wait_for_url(f"**{address}")

    fold_out(page, "Skjul midlertidig")
    page.locator("#hide_ground").select_option("THREAT")
    page.locator("#hide_reason").press_sequentially("Ser ut som en trussel.")
    page.get_by_role("button", name="Skjul nå").press("Enter")
    expect(page.get_by_text("Ser ut som en trussel.")).to_be_visible()
    fold_out(page, "Foreslå et inngrep")
    form = page.locator(f"form[action$='cases/{case.public_id}/proposals/']")
    form.locator("input[name=passage]").first.press("Space")
    form.locator("[name=ground]").select_option("PERSONAL_ATTACK")
    form.locator("input[name=measure][value=DELETE]").press("Space")
    form.locator("input[name=considered][value=HIDE]").press("Space")
    form.locator("[name=reason]").press_sequentially("Kaller en annen idiot.")
    form.locator("[name=is_impartial]").press("Space")
    form.get_by_role("button").press("Enter")
    expect(page.get_by_text("Venter på", exact=False).first).to_be_visible()

    sit_down(room.house.officer)(address)
    expect(page.get_by_text("/klage/", exact=False).first).to_be_visible()
    page.locator("#agree_is_impartial").press("Space")
    page.get_by_role("button", name="Si deg enig").press("Enter")
    expect(page.get_by_role("heading", name="Avgjørelsen")).to_be_visible()
    for _tick in range(3):
        room.work(at=clock.now())
    page.reload()

    assert [act.kind.value for act in room.platform.performed][-2:] == ["private-reply", "delete"]
    fold_out(page, "Meldingen")
    expect(page.locator("blockquote").last).to_contain_text("/klage/")
    assert Case.objects.get(pk=case.pk).decision.done_at is not None


@pytest.mark.parametrize("state", ["open", "proposed", "decided"])
def test_a_case_is_accessible_in_every_state(room, sit_down, page, state):
    case = {
        "open": room.case,
        "proposed": lambda: room.proposed().targets.get().case,
        "decided": lambda: room.decided().case,
    }
    sit_down(room.house.officer)(f"/desk/moderation/cases/{case[state]().public_id}/")
    page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true")
    photograph(page, f"moderation-case-{state}")

    assert_accessible(page)


@pytest.mark.parametrize(
    "path",
    [
        "/desk/moderation/",
        "/desk/moderation/sanctions/",
        "/moderation/rules/",
        "/moderation/rules/new/",
        "/moderation/viewing/",
    ],
)
def test_the_pages_of_moderation_are_accessible(room, sit_down, page, path):
    room.case()
    sit_down(room.house.officer)(path)
    photograph(page, f"moderation{path.replace('/', '-').rstrip('-')}")

    assert_accessible(page)


def test_an_author_complains_by_the_link_in_the_notice(room, live_server_address, page):
    room.decided()
    room.work()
    secret = room.platform.performed[-2].text.split("/klage/")[1].split()[0]
    page.goto(f"{live_server_address}/klage/{secret}")

    page.locator("[name=text]").press_sequentially("Jeg mente det ikke slik.")
    page.get_by_role("button", name="Send klagen").press("Enter")
    expect(page.get_by_text("Jeg mente det ikke slik.")).to_be_visible()

    assert_accessible(page)


def test_the_list_of_complaints_is_accessible(room, sit_down, page):
    decision, finished = room.decided(), room.decided()
    officer, at = room.house.officer, clock.now()
    commands.enter_complaint(decision_id=decision.public_id, text="Nei.", email="", by=officer, at=at)
    over = commands.enter_complaint(decision_id=finished.public_id, text="Nei.", email="", by=officer, at=at)
    verdict = Verdict(Outcome.REJECTED, "Regelen gjaldt.", is_impartial=True)
    commands.decide_complaint(complaint_id=over.public_id, verdict=verdict, by=room.house.leader, at=at)
    sit_down(room.house.leader)("/moderation/complaints/")

    expect(page.get_by_role("table")).to_have_count(2)
    assert_accessible(page)
