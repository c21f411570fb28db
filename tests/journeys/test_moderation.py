"""Moderation by keyboard only: from a citizen's report to the text that is shown again, and when it is grave."""

import pytest
from playwright.sync_api import expect

from tests.inbox.conftest import build_house
from tests.journeys.browser import assert_fits, run_axe, sign_in
from tests.moderation.room import build_room, suggestion
from torg.core import clock
from torg.moderation import commands, deadlines
from torg.moderation.complaining import Verdict
from torg.moderation.models import Breach, Case, Complaint, Outcome, PolicePackage
from torg.people.models import Login, Municipality
from torg.triage.models import ListedHost

pytestmark = pytest.mark.journey
PERMALINK = "https://eksempel.example/innlegg/7"
# The two that differ the most; the components are tried in all four with the others.
DRESSES = ((1440, "light"), (320, "dark"))
PATIENCE = 20_000


@pytest.fixture(autouse=True)
def patient(page):
    """A page may be slow where much else runs at once; a journey is about what happens, not how fast."""
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


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


def press(page, name):
    page.get_by_role("button", name=name, exact=True).press("Enter")


def fill(form, **values):
    """Each field as a keyboard fills it: letters, or Space on a box or a radio button."""
    for name, value in values.items():
        form.locator(f"[name={name}]").first.wait_for()
        boxes = form.locator(f"input[name={name}]:is([type=radio], [type=checkbox])")
        if boxes.count():
            (boxes if value is True else boxes.and_(form.locator(f"[value='{value}']"))).first.press("Space")
        else:
            form.locator(f"[name={name}]").press_sequentially(value)


def assert_accessible(page):
    """No axe finding and nothing beside the page, folded parts open, wide and light, narrow and dark."""
    page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true")
    for width, scheme in DRESSES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        findings = run_axe(page)
        assert findings == [], f"{page.url}, {width} px, {scheme}:\n" + "\n".join(findings)
        assert_fits(page, width)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")


def test_from_a_report_to_the_text_that_is_shown_again(room, sit_down, live_server_address, page, monkeypatch):
    monkeypatch.setattr("torg.moderation.reporting.FASTEST", -clock.now().resolution)
    room.item(permalink=PERMALINK)

    page.goto(f"{live_server_address}/meld/")
    fill(page.locator("main form"), link=PERMALINK, about="HARASSMENT", text="Dette er mobbing.")
    page.locator("main form [type=submit]").press("Enter")
    page.wait_for_url("**/meld/*-*-*/")
    assert_accessible(page)

    sit_down(room.house.administrator)("/desk/moderation/")
    page.locator(".d-row__link").first.press("Enter")
    page.wait_for_url("**/cases/*/")
    address = page.url.removeprefix(live_server_address)
    press(page, "Ta saken")
    expect(page.get_by_role("button", name="Gi den fra deg")).to_be_visible()
    fold_out(page, "Skjul midlertidig")
    page.locator("#hide_ground").select_option("THREAT")
    page.locator("#hide_reason").press_sequentially("Ser ut som en trussel.")
    press(page, "Skjul nå")
    expect(page.get_by_text("Ser ut som en trussel.")).to_be_visible()
    fold_out(page, "Foreslå et inngrep")
    form = page.locator("form[action$='/proposals/']")
    form.locator("[name=ground]").select_option("PERSONAL_ATTACK")
    fill(form, passage=True, measure="HIDE", considered="ANSWER", reason="Kaller en annen idiot.", is_impartial=True)
    form.get_by_role("button").press("Enter")
    expect(page.get_by_text("Venter på", exact=False).first).to_be_visible()

    sit_down(room.house.officer)(address)
    assert_accessible(page)
    page.locator("#agree_is_impartial").press("Space")
    press(page, "Si deg enig")
    expect(page.get_by_role("heading", name="Avgjørelsen")).to_be_visible()
    room.work(at=clock.now())
    room.work(at=clock.now())

    secret = next(act.text for act in room.platform.performed if act.kind == "private-reply").split("/klage/")[1]
    page.goto(f"{live_server_address}/klage/{secret.split()[0]}")
    fill(page.locator("main form"), text="Jeg mente det ikke slik.")
    press(page, "Send klagen")
    expect(page.get_by_text("Jeg mente det ikke slik.")).to_be_visible()
    assert_accessible(page)

    sit_down(room.house.leader)("/moderation/complaints/")
    page.locator("main table a").first.press("Enter")
    form = page.locator("form[action$='/verdict/']")
    fill(form, outcome="UPHELD", reasons="Du hadde rett. Teksten skal stå.", is_impartial=True)
    assert_accessible(page)
    form.get_by_role("button").press("Enter")
    expect(page.get_by_role("heading", name="Svaret")).to_be_visible()
    room.work(at=clock.now())

    assert [act.kind.value for act in room.platform.performed] == ["hide", "private-reply", "hide", "unhide"]
    assert Complaint.objects.get().restoration == "DONE"
    assert Case.objects.get().decision.done_at is not None


def test_when_it_is_grave_it_is_removed_assessed_notified_and_packed(room, sit_down, page):
    case = room.case("Hun bor i Sagnbakken 4 nå. Fødselsnummer 13097248022.")
    visit = sit_down(room.house.officer)
    visit(f"/moderation/cases/{case.public_id}/follow-up/")
    fill(page.locator("form[action$='/police/']"), reason="Anmeldes.")
    press(page, "Pakk bevisene")
    expect(page.get_by_text("Anmeldes.")).to_be_visible()
    form = page.locator("form[action$='/removing/']")
    form.locator("[name=ground]").select_option("PROTECTED_ADDRESS")
    fill(form, reason="Kan sette noen i fare.", is_impartial=True)
    assert_accessible(page)
    press(page, "Fjern nå")
    expect(page.locator("main")).to_contain_text("Berit Vold")
    visit("/desk/moderation/")
    expect(page.locator("main")).not_to_contain_text("fare")

    visit(f"/moderation/cases/{case.public_id}/follow-up/")
    page.locator("form[action$='/breach/'] button").press("Enter")
    form = page.locator("form[action$='/assessment/']")
    fill(form, what="En kommentar om helse sto åpen.", whom="En ansatt.", risk="2")
    fill(form, consequence="Skam.", measures="Skjult.")
    form.get_by_role("button").press("Enter")
    expect(page.locator("[name=what]")).to_have_value("En kommentar om helse sto åpen.")
    form = page.locator("form[action$='/decision/']")
    fill(form, notifies="yes", reason="Høy risiko.")
    assert_accessible(page)
    form.get_by_role("button").press("Enter")
    form = page.locator("form[action$='/notification/']")
    fill(form, reference="DT-2026-7")
    form.get_by_role("button").press("Enter")
    expect(page.get_by_text("DT-2026-7")).to_be_visible()
    visit("/moderation/breaches/")
    assert_accessible(page)

    assert (Breach.objects.get().state, PolicePackage.objects.count()) == ("NOTIFIED", 1)
    assert [act.kind.value for act in room.platform.performed] == []


def test_a_raid_is_proposed_changed_agreed_to_and_looked_at_again(room, sit_down, page):
    long = "https://ropert.example/eksempelvik/budsjettet-for-neste-aar"
    cases = [room.case(f"Du er en idiot nummer {number}. {long}") for number in range(3)]
    sit_down(room.house.administrator)("/desk/moderation/")
    for box in page.locator("[name=chosen]").all():
        box.press("Space")
    press(page, "Foreslå for alle")
    form = page.locator("form[action$='/cases/proposals/']")
    form.locator("[name=rule]").select_option(str(room.rules["respect"].public_id))
    form.locator("[name=ground]").select_option("PERSONAL_ATTACK")
    fill(form, measure="DELETE", considered="HIDE", reason="Kaller en annen idiot.", is_impartial=True)
    form.get_by_role("button").press("Enter")
    page.wait_for_url("**/desk/moderation/")
    first = f"/desk/moderation/cases/{cases[0].public_id}/"
    sit_down(room.house.administrator)(first)
    page.get_by_role("link", name="Endre forslaget, eller ta ut ytringer").press("Enter")
    page.wait_for_url("**/changes/")
    assert_accessible(page)
    page.locator(f"[name=chosen][value='{cases[2].public_id}']").press("Space")
    page.locator("[name=is_impartial]").press("Space")
    press(page, "Erstatt med den nye versjonen")
    expect(page.get_by_role("heading", name="Endret i versjon 2")).to_be_visible()
    assert_accessible(page)

    sit_down(room.house.officer)(first)
    expect(page.get_by_role("heading", name="Endret i versjon 2")).to_be_visible()
    page.locator("#agree_is_impartial").press("Space")
    press(page, "Si deg enig")
    expect(page.get_by_role("heading", name="Avgjørelsen")).to_be_visible()
    room.work(at=clock.now())
    room.work(at=clock.now())
    decided = Case.objects.get(pk=cases[0].pk).decision
    commands.enter_complaint(
        decision_id=decided.public_id, text="Nei.", email="", by=room.house.officer, at=clock.now()
    )

    visit = sit_down(room.house.leader)
    visit("/moderation/complaints/")
    page.locator("main table a").first.press("Enter")
    form = page.locator("form[action$='/verdict/']")
    fill(form, outcome="UPHELD", reasons="Du hadde rett. Vi kan ikke få den tilbake.", is_impartial=True)
    form.get_by_role("button").press("Enter")
    expect(page.get_by_role("heading", name="Svaret")).to_be_visible()
    visit("/moderation/second-readings/")
    press(page, "Trekk")
    form = page.locator("form[action*='/second-readings/']").first
    fill(form, opinion="MILDER", note="Skjule var nok.")
    assert_accessible(page)
    form.get_by_role("button").press("Enter")
    expect(page.get_by_text("Skjule var nok.")).to_be_visible()

    assert [act.kind.value for act in room.platform.performed].count("delete") == 2
    assert Case.objects.get(pk=cases[2].pk).state == "OPEN"
    assert Complaint.objects.get().restoration == "IMPOSSIBLE"


def test_rules_time_limits_and_lists_are_kept(room, sit_down, page):
    rule = room.rules["respect"]
    visit = sit_down(room.house.officer)
    visit(f"/moderation/rules/{rule.public_id}/")
    press(page, "Skriv en ny utgave")
    fill(page.locator("main form"), notice_nb=" Takk!", notice_nn=" Takk!", notice_en=" Thanks!")
    assert_accessible(page)
    press(page, "Lagre kladden")
    press(page, "Publiser regelen")
    expect(page.locator("main")).to_contain_text("Takk!")
    assert_accessible(page)

    visit("/moderation/terms/")
    page.locator("[name=complaint_days]").press("Control+a")
    fill(page.locator("main form"), complaint_days="30")
    press(page, "Lagre tidsfristene")
    page.wait_for_load_state()
    visit("/triage/hosts/")
    fill(page.locator("form[action$='/listing/']"), host="grovt.example", reason="Vold, meldt av politiet.")
    assert_accessible(page)
    press(page, "Før opp")
    expect(page.locator("table")).to_contain_text("grovt.example")
    assert_accessible(page)

    assert "Thanks!" in rule.versions.get(number=2).notice_en
    assert ListedHost.objects.get().kind == "BLOCKED"
    assert deadlines.setting().complaint_days == 30


def test_the_pages_of_moderation_are_accessible(room, sit_down, page):
    waiting, officer, at = room.case(), room.house.officer, clock.now()
    decided = room.decided()
    commands.enter_complaint(decision_id=decided.public_id, text="Nei.", email="", by=officer, at=at)
    over = commands.enter_complaint(decision_id=room.decided().public_id, text="Nei.", email="", by=officer, at=at)
    verdict = Verdict(Outcome.REJECTED, "Regelen gjaldt.", is_impartial=True)
    commands.decide_complaint(complaint_id=over.public_id, verdict=verdict, by=room.house.leader, at=at)
    many = commands.propose_many(
        case_ids=[room.case().public_id, room.case().public_id],
        suggestion=suggestion(),
        rule_id=room.rules["respect"].public_id,
        by=room.house.administrator,
        at=at,
    )
    visit = sit_down(officer)

    for path in (
        "/desk/moderation/",
        f"/desk/moderation/cases/{waiting.public_id}/",
        f"/desk/moderation/cases/{decided.case.public_id}/",
        f"/moderation/proposals/{many.public_id}/notices/",
        "/desk/moderation/sanctions/",
        "/moderation/complaints/",
        "/moderation/reports/",
        "/moderation/rules/",
        "/moderation/rules/new/",
        "/moderation/transparency/",
        "/moderation/viewing/",
    ):
        visit(path)
        assert_accessible(page)
