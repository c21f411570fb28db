"""The archivist's pages answer, in few queries, and do what their buttons say."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests import factories
from torg.core import clock
from torg.openness import commands, queries, receipts
from torg.openness.models import AccessRequest, PublicEntry
from torg.openness.types import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(journal, client):
    client.force_login(factories.login(journal.by))
    return client


@pytest.mark.parametrize("name", ["publication", "settings", "requests", "request-new", "statistics"])
def test_each_page_answers_with_few_queries(journal, browser, name, django_assert_max_num_queries):
    journal.proposed()
    journal.proposed("Brøyting")

    with django_assert_max_num_queries(12):
        assert browser.get(reverse(f"openness:{name}")).status_code == 200


def test_an_entry_is_made_public_and_withdrawn(journal, browser):
    row = journal.proposed()
    page = reverse("openness:public-entry", args=[row.public_id])

    assert browser.get(page).status_code == 200
    assert browser.post(page, {"title": row.title, "case_title": row.case_title}).status_code == 303
    assert browser.get(page).status_code == 200
    gone = browser.post(reverse("openness:withdrawal", args=[row.public_id]), {"because": "Feil"})
    assert gone.status_code == 303
    assert PublicEntry.objects.get().state == "WITHDRAWN"


def test_a_name_can_be_masked_in_the_review(journal, browser):
    row = journal.proposed()
    place = next(place for place, party in enumerate(row.parties) if party["name"] == "Kåre Prøve")
    page = reverse("openness:public-entry", args=[row.public_id])

    browser.post(page, {"title": row.title, "case_title": row.case_title, "masked": [place]})

    row.refresh_from_db()
    assert row.parties[place]["name"] == "*****" and "Kåre" not in row.names


def test_what_must_not_stand_comes_back_with_its_reason(journal, browser):
    row = journal.proposed("Søknad fra 01010750160")

    answer = browser.post(
        reverse("openness:public-entry", args=[row.public_id]), {"title": row.title, "case_title": row.case_title}
    )

    assert answer.status_code == 422


def test_a_whole_day_is_made_public(journal, browser):
    row = journal.proposed("Brøyting i gata")

    assert browser.post(reverse("openness:publication-day"), {"day": row.day.isoformat()}).status_code == 303
    assert PublicEntry.objects.get().state == "PUBLISHED"


def test_a_letter_is_written_in_and_answered(journal, browser):
    entry = journal.entry()
    given = {"number": entry.own_number, "way": "LETTER", "language": "nb"}

    made = browser.post(reverse("openness:request-new"), given)
    page = made.headers["Location"]
    lacking = browser.post(page, {"outcome": "REFUSED"})
    browser.post(page, {"outcome": "REFUSED", "reference": "offentleglova-14-1", "is_more_openness_considered": "on"})

    assert made.status_code == 303 and lacking.status_code == 422
    assert AccessRequest.objects.get().state == "DECIDED"
    assert browser.get(page).status_code == 200


def test_the_statistics_count_working_days_outcomes_and_grounds(journal):
    entry = journal.entry()
    request = commands.enter(entry_id=entry.public_id, wanted=Ask("", "EMAIL"), by=journal.by, at=journal.at)
    from tests.openness.test_requests import REFUSED

    later = journal.at + timedelta(days=7)
    commands.decide(request_id=request.public_id, answer=REFUSED, by=journal.by, at=later)

    year = queries.years(journal.by, at=later)[0]
    assert (year.received, year.answered, year.in_time, year.median_days) == (1, 1, 1, 5)
    assert year.grounds == [("offentleglova-14-1", 1)]


def test_what_is_due_waits_on_the_first_page(journal, browser):
    entry = journal.entry()
    commands.enter(entry_id=entry.public_id, wanted=Ask("", "EMAIL"), by=journal.by, at=journal.at)

    assert queries.waiting_requests(journal.by, at=clock.now()).count() == 1
    assert reverse("openness:requests") in browser.get("/desk/").content.decode()


def test_several_documents_are_asked_for_and_answered_together(journal, browser, client):
    entries = [journal.entry(f"Dokument {number}") for number in "12"]
    given = {"number": ", ".join(entry.own_number for entry in entries), "way": "LETTER", "language": "nb"}

    made = browser.post(reverse("openness:request-new"), given)
    page = browser.get(made["Location"]).content.decode()
    refusal = {"outcome": "REFUSED", "reference": "offentleglova-14-1", "is_more_openness_considered": "on"}
    answered = browser.post(made["Location"], {**refusal, "for_all": "on"})

    first, second = AccessRequest.objects.order_by("id")
    assert reverse("openness:request", args=[second.public_id]) in page
    assert (answered.status_code, first.state, second.state) == (303, "DECIDED", "DECIDED")
    public = client.get(urlsplit(receipts.link_of(first)).path).content.decode()
    assert receipts.link_of(second) in public
