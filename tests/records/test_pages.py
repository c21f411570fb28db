"""The archivist's pages answer, in a bounded number of queries, and do what their buttons say."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.records import samples
from tests.records.conftest import NEW_CASE, TITLES
from torg.core import clock
from torg.people.models import Scope
from torg.people.types import Role
from torg.records import commands
from torg.records.models import Assessment, AssessmentRule, ChannelDefault, JournalEntry, LegalReference

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(archive) -> Client:
    client = Client()
    client.force_login(factories.login(archive.archivist), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def entry(archive) -> JournalEntry:
    return archive.journaled(answers=("Klokka ti.",))[0]


def post(browser, name, *args, **data) -> int:
    return browser.post(reverse(f"records:{name}", args=args), data).status_code


def test_the_list_leads_to_the_questions_and_the_questions_to_the_case_file(archive, browser):
    waiting = archive.gathered("ASKED", "CASE_WORDS", answers=("Klokka ti.",))

    assert browser.get(reverse("records:assessments")).status_code == 200
    answer = browser.post(
        reverse("records:assessment", args=[waiting.public_id]),
        {"answers": ["CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE"]},
    )
    assert answer.headers["Location"] == reverse("records:journaling", args=[waiting.public_id])
    typed = {"title": "Svømmehall", "public_title": "Svømmehall", "case_title": "Svømmehall"}
    assert post(browser, "journaling", waiting.public_id, **typed) == 303
    assert JournalEntry.objects.count() == 2


def test_the_suggestion_is_accepted_with_one_key(archive, browser):
    waiting = archive.gathered("NOTHING_ASKED")

    assert post(browser, "acceptance", waiting.public_id) == 303
    assert Assessment.objects.get().outcome == "NOT_ARCHIVE"


def test_a_form_that_lacks_a_reason_comes_back_with_it(archive, browser):
    waiting = archive.gathered("ASKED")

    assert post(browser, "assessment", waiting.public_id, outcome="JOURNAL") == 422


@pytest.mark.parametrize("view", ["open", "register", "done", "other"])
def test_each_list_of_assessments_answers(archive, browser, view, django_assert_max_num_queries):
    archive.gathered("ASKED")
    archive.decided("CASE_HANDLED")

    with django_assert_max_num_queries(18):
        assert browser.get(reverse("records:assessments"), {"view": view, "page": "x"}).status_code == 200


@pytest.mark.parametrize("name", ["journal", "provisions", "settings"])
def test_each_page_answers(archive, browser, entry, name):
    assert browser.get(reverse(f"records:{name}")).status_code == 200


def test_the_entry_and_its_case_file_answer(browser, entry, django_assert_max_num_queries):
    with django_assert_max_num_queries(32):
        page = browser.get(reverse("records:entry", args=[entry.public_id]))

    assert "Kåre Prøve" in page.content.decode()
    assert browser.get(reverse("records:case-file", args=[entry.case_file.public_id])).status_code == 200


def test_a_kept_file_is_saved_and_never_shown(browser, entry):
    kept = entry.documents.get(role="H").objects_kept.get(part=1)

    answer = browser.get(reverse("records:file", args=[kept.public_id]))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.content.startswith(b'{"')


def test_what_the_buttons_of_an_entry_do(browser, entry):
    number = entry.public_id

    assert post(browser, "remarks", number, text="Se også saken om bad") == 303
    assert post(browser, "links", number, number="2026/1-2") in {303, 422}
    assert post(browser, "links", number, number=entry.case_file.own_number) == 303
    assert (
        post(browser, "restrictions", number, target="TITLE", reference="offentleglova-13-1", access_code="UO") == 303
    )
    assert post(browser, "passage", number, words="svømmehallen", reference="offentleglova-13-1") == 303
    assert post(browser, "passage", number, words="står ikke her", reference="offentleglova-13-1") == 422
    assert post(browser, "lifting", entry.restrictions.first().public_id) == 303
    typed = {"title": "Ny", "public_title": "Ny", "document_on": "2026-03-01"}
    assert post(browser, "correction", number, **typed) == 303
    assert post(browser, "archiving", number) == 422
    assert post(browser, "expiry", number, because="Feil") == 303


def test_a_question_is_followed_up_by_hand(archive, browser):
    (asked,) = archive.journaled()

    assert post(browser, "follow-up", asked.public_id, method="TE") == 303
    assert asked.follow_ups.get().method == "TE"


def test_a_case_file_is_corrected_and_cannot_be_finished_too_early(browser, entry):
    case = entry.case_file.public_id

    assert post(browser, "case-file", case, title="Ny", public_title="Ny", classification="") == 303
    assert post(browser, "closing", case) == 422
    assert post(browser, "opening", case) == 409


def test_rules_channels_and_provisions_are_decided_by_a_person(archive, browser):
    rule, channel = AssessmentRule.objects.first(), ChannelDefault.objects.get(channel="x")
    reference = LegalReference.objects.first()

    assert post(browser, "switch-on", rule.public_id) == 303
    assert post(browser, "switch-off", rule.public_id) == 303
    assert post(browser, "channel", channel.public_id, treatment="LIKE_EMAIL", days=3) == 303
    assert post(browser, "check", reference.public_id) == 303
    reference.refresh_from_db()
    assert reference.checked_by == archive.archivist


def test_a_secret_groups_entry_stands_in_the_series_with_a_neutral_title_only(archive, browser, at):
    secret = Scope.objects.create(name="Hemmelig gruppe", is_secret=True)
    owner = factories.person("Grete Gruppe")
    factories.role(owner, Role.ARCHIVIST, at=clock.now(), scope=secret)
    factories.role(owner, Role.ARCHIVIST, at=at, scope=secret)
    found = archive.told(samples.snapshot("Skjult tema", at=at, scope_id=secret.id), "CASE_WORDS")
    entries = journaled_by(owner, found, at)

    page = browser.get(reverse("records:journal")).content.decode()

    assert f"{entries[0].journal_number}/2026" in page
    assert "Svømmehallen" not in page and "svømmehallen" not in page
    assert browser.get(reverse("records:entry", args=[entries[0].public_id])).status_code == 404
    assert "1/2026" not in browser.get(reverse("records:journal"), {"q": "svømmehallen"}).content.decode()


def journaled_by(owner, found, at) -> list[JournalEntry]:
    commands.assess(
        assessment_id=found.public_id, answers=("CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE"), by=owner, at=at
    )
    return commands.journal(assessment_id=found.public_id, case=NEW_CASE, titles=TITLES, by=owner, at=at)


def test_those_who_do_not_keep_records_are_sent_away(archive, entry, at):
    leader = factories.person("Leif Leder")
    factories.role(leader, Role.LEADER, at=at)
    client = Client()
    client.force_login(factories.login(leader), backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("records:journal")).status_code == 403
    assert client.get(reverse("records:entry", args=[entry.public_id])).status_code == 403
