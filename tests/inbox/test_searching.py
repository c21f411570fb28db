"""Searching behind masks leaves a trace, and known issues are found by their words on all pages."""

import pytest
from django.urls import reverse

from tests.dialogue.arriving import event
from tests.inbox.conftest import audited, person
from tests.inbox.test_take_in import take, town
from torg.channels.models import Connection
from torg.inbox import commands, queries
from torg.inbox.models import Answer, Enquiry, KnownIssueAnswer
from torg.outbox.models import OutboxAct
from torg.people.models import Login, Scope
from torg.registry.models import Presence

SECRET = "Jeg er 13097248022, når åpner biblioteket?"


def test_a_search_in_masked_text_is_logged_and_shows_it_masked(client, db, now):
    connection, officer = town()
    take(connection, event(text=SECRET, author_id="u1", author_name="Kari"), at=now)
    client.force_login(Login.objects.create_user(email=officer.email, person=officer))

    page = client.post(reverse("inbox:sensitive-search"), {"words": "13097248022"}).content.decode()

    assert "Kari" in page
    assert "Jeg er 13097248022" not in page
    assert audited("inbox.search.in_sensitive_text") == 1


def test_a_search_in_masked_text_needs_an_act_and_the_right(signed_in, house, now):
    client = signed_in(house.leader)

    assert client.post(reverse("inbox:sensitive-search"), {"words": "x"}).status_code == 403
    assert client.get(reverse("inbox:sensitive-search")).status_code in {403, 405}
    assert audited("inbox.search.in_sensitive_text") == 0


@pytest.fixture
def two_pages(db, at):
    """The same question on two pages, and another on a page that the administrator does not answer for."""
    first, officer = town()
    second = beside(first, "Kulturhuset", "200")
    take(first, event(external_id="a", text="Er vannet borte i Storgata?", author_id="u1"), at=at)
    take(second, event(external_id="b", text="Når kommer vannet tilbake?", author_id="u2", account_id="200"), at=at)
    take(first, event(external_id="c", text="Når åpner biblioteket?", author_id="u3"), at=at)
    Connection.objects.update(capabilities={"can_reply": True, "max_text_length": 8000})
    return first, second, officer


def beside(other, name, external_id):
    presence = Presence.objects.create(
        scope=Scope.objects.create(), kind="LOCAL_PAGE", name=name, opened_at=other.opened_at
    )
    return Connection.objects.create(
        scope_id=presence.scope_id,
        presence=presence,
        platform="facebook",
        external_id=external_id,
        opened_at=other.opened_at,
    )


def issue(connection, by, at):
    return commands.open_issue(
        scope_id=connection.scope_id,
        title="Vannbrudd",
        words=["vann"],
        answer_text="Vannet er tilbake klokka ti.\nHilsen Ola",
        by=by,
        at=at,
    )


def test_a_known_issue_is_found_in_any_inflection_on_all_pages_that_one_answers_for(two_pages, at):
    first, _second, officer = two_pages

    found = queries.issue_matches(issue(first, officer, at), by=officer, at=at)

    assert {row.thread.root_external_id for row in found} == {"a", "b"}


def test_each_gets_an_act_and_an_event_of_its_own(two_pages, at):
    first, _second, officer = two_pages
    opened = issue(first, officer, at)
    seen = {row.public_id: row.version for row in queries.issue_matches(opened, by=officer, at=at)}

    lines = commands.answer_issue(
        issue_id=opened.public_id, seen=seen, confirmed=frozenset({"promise"}), by=officer, at=at
    )

    assert [line.text for line in lines if not line.is_possible] == []
    assert (Answer.objects.count(), OutboxAct.objects.count(), KnownIssueAnswer.objects.count()) == (2, 2, 2)
    assert (audited("inbox.answer.planned"), audited("inbox.known_issue.answered")) == (2, 1)


def test_pages_that_one_does_not_answer_for_are_left_out(two_pages, at):
    first, _second, officer = two_pages
    local = person("Siri Lund", "PAGE_ADMINISTRATOR", Scope.objects.get(id=first.scope_id), None)
    opened = issue(first, officer, at)
    other = Enquiry.objects.get(thread__root_external_id="b")

    found = queries.issue_matches(opened, by=local, at=at)
    lines = commands.answer_issue(issue_id=opened.public_id, seen={other.public_id: 1}, by=local, at=at)

    assert [row.thread.root_external_id for row in found] == ["a"]
    assert [line.is_possible for line in lines] == [False]


def test_what_is_masked_is_no_match(db, at):
    connection, officer = town()
    take(connection, event(text=SECRET, author_id="u1"), at=at)
    opened = commands.open_issue(
        scope_id=connection.scope_id, title="x", words=["13097248022"], answer_text="y", by=officer, at=at
    )

    assert queries.issue_matches(opened, by=officer, at=at) == []
