"""The pages: the whole of an incident through the browser's own requests, and who finds what."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.crisis.conftest import TEXT
from tests.crisis.test_questions import ask, group
from torg.crisis import calling, commands
from torg.crisis.models import Called, Incident, Question, Statement
from torg.crisis.types import Situation
from torg.people.types import Role
from torg.registry.models import Presence

pytestmark = pytest.mark.django_db


def test_from_the_switch_to_a_statement_and_its_correction(crisis, browser):
    client = browser(crisis.house.officer)
    opened = client.post(
        "/crisis/new/",
        {"title": "Ras", "severity": "EXTREME", "owner": crisis.house.officer.public_id, "allows_own_approval": "on"},
    )
    incident = Incident.objects.get()
    assert opened.url == f"/crisis/{incident.public_id}/"
    client.post(f"{opened.url}statements/new/", {"title_nb": "Kok vannet", "body_nb": TEXT})
    row = Statement.objects.get()
    address = f"/crisis/statements/{row.public_id}/"
    assert "Kok vannet" in client.get(address).content.decode()

    stale = client.post(f"{address}publication/", {"seen": "7"})
    sent = client.post(f"{address}publication/", {"seen": "1", "target": [crisis.house.connection.public_id]})
    told = {"seen": "1", "title_nb": "Kok vannet", "body_nb": "Fem minutter.", "told_nb": "Fem, ikke tre."}
    client.post(f"{address}correction/", told)

    row.refresh_from_db()
    assert (stale.status_code, sent.status_code, row.number, row.targets, row.published_version) == (409, 303, 1, 1, 2)
    assert "Ras" in client.get("/desk/").content.decode()


def test_publishing_leads_to_the_statement_and_there_it_is_withdrawn(crisis, browser):
    row = crisis.stated(crisis.open())
    client, own = browser(crisis.house.officer), f"/crisis/statements/{row.public_id}/"
    article = reverse("publishing:article", args=[row.article_id])

    shown, edit = client.get(article).content.decode(), client.get(reverse("publishing:edit", args=[row.article_id]))
    told = {"withdrawn_nb": "Vannet er trygt.", "why": "Feil sted."}
    wrong, right = client.post(f"{own}withdrawal/", {"why": "Feil"}), client.post(f"{own}withdrawal/", told)

    assert own in shown and "/withdrawal/" not in shown and edit.status_code == 409
    assert (wrong.status_code, right.status_code) == (422, 303)
    row.refresh_from_db()
    assert row.state == "WITHDRAWN" and "Feil sted." in client.get(own).content.decode()


def test_every_page_opens_with_few_queries_and_tells_who_may_what(crisis, browser, django_assert_max_num_queries):
    incident = crisis.open()
    ask(crisis, "Er vannet trygt å drikke?")
    group(crisis, incident)
    crisis.stated(incident)
    client, reader = browser(crisis.house.officer), browser(crisis.house.contributor)
    base = f"/crisis/{incident.public_id}/"
    question = f"/crisis/questions/{Question.objects.get().public_id}/"

    pages = [f"{base}{page}/" for page in ("questions", "status", "team", "log", "after")]
    for path in ("/crisis/", "/crisis/new/", "/crisis/plan/", base, question, *pages):
        with django_assert_max_num_queries(30):
            assert client.get(path).status_code == 200, path
    assert "/team/call/" not in reader.get(f"{base}team/").content.decode()
    assert reader.get("/crisis/new/").status_code == 403
    assert browser(crisis.house.stranger).get(base).status_code in {403, 404}


def test_the_banner_stands_on_every_page_and_says_exercise(crisis, browser):
    crisis.exercise(title="Flom i Storvik")
    client = browser(crisis.house.administrator)

    shown = client.get("/people/absence/").content.decode()

    assert "Flom i Storvik" in shown and "data-exercise" in shown
    assert "Flom i Storvik" not in browser(crisis.house.stranger).get("/people/absence/").content.decode()


def test_an_exercise_says_so_on_every_page_as_long_as_it_runs_and_afterwards(crisis, browser):
    incident, by = crisis.exercise(), {"by": crisis.house.officer, "at": crisis.at}
    row = crisis.stated(incident)
    report = commands.write_report(incident_id=incident.public_id, situation=Situation("Kokevarsel"), **by)
    client, base = browser(crisis.house.officer), f"/crisis/{incident.public_id}/"
    own = [f"{base}{page}" for page in ("", "questions/", "status/", "team/", "log/", "after/", "statements/new/")]
    own += [f"/crisis/statements/{row.public_id}/", f"/crisis/reports/{report.public_id}/"]
    mark = '<h1 class="ds-heading" data-size="lg"><span class="c-exercise">'

    for path in own:
        shown = client.get(path).content.decode()
        assert "data-exercise" in shown and mark in shown, path
    crisis.close(incident)
    assert all(mark in client.get(path).content.decode() for path in own)


def test_the_journal_entry_is_opened_from_what_it_came_to_by_those_who_may_open_it(crisis, browser):
    incident = crisis.close(crisis.open())
    archivist = factories.person("Are Arkivar")
    factories.role(archivist, Role.ARCHIVIST, at=crisis.at)
    path, entry = f"/crisis/{incident.public_id}/after/", f"/records/entries/{incident.entry_id}/"

    officers, archivists = (browser(who).get(path).content.decode() for who in (crisis.house.officer, archivist))

    assert (entry in officers, entry in archivists) == (False, True)


def test_what_the_check_stops_is_let_past_on_the_same_page_by_the_officer_only(crisis, browser):
    row = crisis.drafted(crisis.open(), body="Kok vannet. [Les mer](https://vann.example/).")
    address = f"/crisis/statements/{row.public_id}/"
    past = {"seen": "1", "past": "link_vague", "reason": "Folk må vite dette nå."}

    deputy = browser(crisis.deputy)
    assert 'name="reason"' not in deputy.get(address).content.decode()
    refused = [deputy.post(f"{address}publication/", {"seen": "1"}), deputy.post(f"{address}publication/", past)]
    officer = browser(crisis.house.officer)
    silent = officer.post(f"{address}publication/", {**past, "reason": " "})
    published = officer.post(f"{address}publication/", past)

    assert [answer.status_code for answer in (*refused, silent, published)] == [422, 403, 422, 303]
    assert 'role="alert"' in silent.content.decode() and 'name="reason"' in silent.content.decode()


def test_whoever_opens_a_second_one_at_once_is_shown_the_first(crisis, browser):
    client = browser(crisis.house.officer)
    told = {"title": "Ras", "severity": "SERIOUS", "owner": crisis.house.officer.public_id}
    crisis.open(by=crisis.deputy)

    refused = client.post("/crisis/new/", told)
    known = Incident.objects.get().public_id
    opened = client.post("/crisis/new/", {**told, "known": [known, "tull"]})

    assert (refused.status_code, opened.status_code) == (409, 303)
    assert str(known) in refused.content.decode() and Incident.objects.count() == 2


def test_without_a_page_there_is_no_incident_and_it_says_so(crisis, browser):
    client = browser(crisis.house.officer)
    Presence.objects.update(closed_at=crisis.at)
    told = {"title": "Ras", "severity": "SERIOUS", "owner": crisis.house.officer.public_id}

    assert [client.post("/crisis/new/", each).status_code for each in ({}, told)] == [200, 422]
    assert not Incident.objects.exists()


def test_whoever_is_called_confirms_by_the_link_without_signing_in(crisis, browser):
    incident = crisis.open()
    commands.call_out(incident_id=incident.public_id, text="Hemmelig sted", by=crisis.deputy, at=crisis.at)
    called = Called.objects.get()
    path = f"/varsel/{calling.token_of(called.public_id)}/"

    shown = Client().get(path)
    Client().post(path)

    called.refresh_from_db()
    assert "Hemmelig sted" not in shown.content.decode() and called.confirmed_at == crisis.at
    assert Client().get("/varsel/feil/").status_code == 404
