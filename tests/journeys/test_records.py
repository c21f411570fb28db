"""An archivist from the first assessment to the answer to a citizen, and a citizen who asks: by keyboard only."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.journeys.browser import assert_fits, photograph, run_axe, sign_in
from tests.openness.conftest import PROPOSER, Journal
from tests.records import archive_core, source
from tests.records.conftest import Archive
from torg.core import clock
from torg.openness import commands as openness
from torg.openness.models import AccessRequest, PublicEntry
from torg.outbox import sending
from torg.people.models import Municipality, Scope
from torg.people.types import Role
from torg.records import commands, variants
from torg.records.models import Delivery, JournalEntry
from torg.records.types import RestrictionWanted

pytestmark = pytest.mark.journey
ASKED = "Min datter har diabetes. Kan hun svømme?"


@pytest.fixture
def room(fresh_database, settings, live_server_address, context):
    settings.RECORD_SOURCES = {"dialogue.thread": "tests.records.source"}
    source.clear()
    Municipality.objects.create(id=1, name="Eksempelvik kommune", is_set_up=True)
    scope, archivist = Scope.objects.create(name="Eksempelvik kommune"), factories.person("Are Arkivar")
    factories.role(archivist, Role.ARCHIVIST, at=clock.now() - timedelta(days=2))
    sign_in(context, live_server_address, factories.login(archivist))
    return Archive(scope, archivist, clock.now())


@pytest.fixture
def go(page, live_server_address):
    """Open a page by the name of its address; returns the page."""

    def to(name, *about):
        page.goto(live_server_address + reverse(name, args=about))
        return page

    return to


def fold_out(page, name):
    page.locator("summary", has_text=name).first.press("Enter")


def submit(page, address):
    page.locator(f"form[action$='{address}'] button[type=submit]").first.press("Enter")


def assert_good(page):
    """Wide in the light and narrow in the dark."""
    for width, scheme in ((1440, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert run_axe(page) == [], page.url
        assert_fits(page, width)
    page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.strategy("B4", "D1", "D2")
def test_a_question_is_assessed_journaled_restricted_and_delivered_by_keyboard(room, go, page, settings):
    fake = archive_core.begin(settings)
    commands.connect_archive(wanted=archive_core.WANTED, secrets=archive_core.KEYS, by=room.archivist, at=room.at)
    room.gathered(text=ASKED, answers=("Ja, ring oss.",))

    assess(go, page)
    entry = journal(page)
    restrict(page, entry)
    fake.refuses = "Klassen finnes ikke"
    deliver(go, page, entry)
    fake.refuses = ""
    mend(go, page)

    delivered = Delivery.objects.filter(entry=entry).latest("id")
    assert (delivered.state, bool(delivered.system_id)) == ("DELIVERED", True)


def assess(go, page):
    """From the list to the decided assessment, with the space bar for each yes."""
    assert_good(go("records:assessments"))
    page.locator("main .t-rows a, main table a").first.press("Enter")
    page.wait_for_url("**/records/assessments/*/")
    assert_good(page)
    for question in ("CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE"):
        box = page.locator(f"input[name=answers][value={question}]")
        if not box.is_checked():
            box.press("Space")
    page.locator("main form:has(input[name=answers]) button[type=submit]").press("Enter")
    page.wait_for_url("**/journaling/")


def journal(page):
    """The question and the answer in a new case file; returns the question's entry."""
    assert_good(page)
    page.locator("#id_title").fill("")
    page.locator("#id_title").press_sequentially("Spørsmål om svømming")
    page.locator("#id_public_title").fill("")
    page.locator("#id_public_title").press_sequentially("Spørsmål om svømming")
    page.locator("main form:has(#id_title) button[type=submit]").press("Enter")
    page.wait_for_url("**/case-files/*/")
    assert_good(page)
    entry = JournalEntry.objects.get(entry_type="I")
    for made in variants.missing(entry, at=clock.now()):
        commands.keep_variant(entry_id=entry.public_id, made=made, by=PROPOSER, at=clock.now())
    page.locator(f"main a[href*='{entry.public_id}']").first.press("Enter")
    page.wait_for_url(f"**/entries/{entry.public_id}/")
    return entry


def restrict(page, entry):
    """Words of the text are withheld, and a redacted copy is made."""
    fold_out(page, "Skjerm ord")
    form = page.locator("form[action$='/passages/']")
    expect(form.get_by_role("button")).to_be_visible()
    form.locator("[name=words]").press_sequentially("har diabetes")
    form.locator("[name=reference]").select_option("offentleglova-13-1")
    form.get_by_role("button").press("Enter")
    expect(page.get_by_text("offentleglova § 13").first).to_be_visible()
    for made in variants.missing(entry, at=clock.now()):
        commands.keep_variant(entry_id=entry.public_id, made=made, by=PROPOSER, at=clock.now())
    page.reload()
    assert {kept.variant for kept in entry.documents.get(role="H").objects_kept.all()} == {"P", "A", "O"}
    page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true")
    photograph(page, "records-entry")
    assert_good(page)


def deliver(go, page, entry):
    """Sent at once; the archive refuses, in its own words."""
    go("records:entry", entry.public_id)
    submit(page, "/delivery/")
    expect(page.locator("form[action$='/delivery/']")).to_have_count(0)
    sending.send_due(at=clock.now())
    go("records:deliveries")
    expect(page.get_by_text("Klassen finnes ikke")).to_be_visible()
    assert_good(page)


def mend(go, page):
    """The archive has made the class; the entry is sent again."""
    submit(page, "/again/")
    expect(page.locator("form[action$='/again/']")).to_have_count(0)
    sending.send_due(at=clock.now())


@pytest.mark.strategy("D5", "D6")
def test_a_citizen_asks_and_is_answered_in_part_by_keyboard(room, go, page, context, live_server_address):
    journal = Journal(Archive(room.scope, room.archivist, clock.now() - timedelta(days=1)), clock.now())
    journal.switch_on()
    entry = journal.entry()
    keep_redacted(entry, journal)
    openness.propose_days(limit=10, by=PROPOSER, at=clock.now())

    publish(go, page)
    context.clear_cookies()
    secret = ask(go, page)
    sign_in(context, live_server_address, room.archivist.logins.get())
    answer(go, page)
    context.clear_cookies()
    page.goto(secret)

    assert_good(page)
    file = page.locator("a[href*='/fil/']").first
    assert page.request.get(live_server_address + file.get_attribute("href")).body().startswith(b"%PDF")
    complain(page)


def keep_redacted(entry, journal):
    """The sender is withheld, and the documents are made."""
    sender = entry.correspondents.get(role="EA")
    wanted = RestrictionWanted("CORRESPONDENT", "offentleglova-13-1", correspondent=sender.public_id)
    commands.restrict(entry_id=entry.public_id, wanted=wanted, by=journal.by, at=journal.archive.at)
    for made in variants.missing(entry, at=journal.archive.at):
        commands.keep_variant(entry_id=entry.public_id, made=made, by=PROPOSER, at=journal.archive.at)


def publish(go, page):
    """The archivist reads what everybody will read, and makes it public."""
    assert_good(go("openness:publication"))
    page.locator("main .t-rows a").first.press("Enter")
    page.wait_for_url("**/publication/*-*/")
    assert_good(page)
    page.locator("main form:has(#id_title) button[type=submit]").press("Enter")
    page.wait_for_url("**/publication/")
    assert PublicEntry.objects.get().state == "PUBLISHED"


def ask(go, page):
    """A citizen asks for what stands in the public journal; returns the secret address of the answer."""
    assert_good(go("site:journal-entry", PublicEntry.objects.get().public_id))
    page.locator("a[href*='/innsyn/be-om/']").first.press("Enter")
    page.wait_for_url("**/innsyn/be-om/**")
    assert_good(page)
    page.locator("[name=wish]").press_sequentially("Jeg vil lese svaret.")
    page.locator("main form:has([name=wish]) button[type=submit]").press("Enter")
    page.wait_for_url("**/innsyn/krav/**")
    return page.url


def answer(go, page):
    """The archivist gives access to parts, with ground, secrecy and reasons."""
    assert_good(go("openness:requests"))
    page.locator("main .t-rows a").first.press("Enter")
    page.wait_for_url("**/requests/*-*/")
    assert_good(page)
    page.locator("input[name=outcome][value=PARTIAL]").press("Space")
    page.locator("[name=reference]").select_option("offentleglova-13-1")
    page.locator("[name=secrecy]").press_sequentially("forvaltningsloven § 13 første ledd nr. 1")
    page.locator("[name=is_more_openness_considered]").press("Space")
    page.locator("[name=reasons]").press_sequentially("Navnet er taushetsbelagt.")
    page.locator("main form:has([name=outcome]) button[type=submit]").press("Enter")
    expect(page.get_by_text("Navnet er taushetsbelagt.").first).to_be_visible()
    assert_good(page)


def complain(page):
    """The citizen does not agree."""
    page.locator("[name=text]").press_sequentially("Jeg vil se alt.")
    submit(page, "/klage/")
    expect(page.locator("form[action$='/klage/']")).to_have_count(0)
    assert AccessRequest.objects.get().state == "COMPLAINED"
