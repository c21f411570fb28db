"""The public journal on the site: what stands where, for how long, and for whom."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.openness.conftest import PROPOSER, Journal, archive, journal
from torg.core import clock
from torg.core.actors import Operator
from torg.openness import commands, queries
from torg.openness.models import AccessRequest
from torg.people.models import Municipality
from torg.site import journal_pages, publication
from torg.site.models import SitePage
from torg.site.pages import headers_of
from torg.site.tasks import KEEPER

__all__ = ["archive", "journal"]

pytestmark = pytest.mark.django_db
DAY = "/postliste/2026-03-10"


@pytest.fixture
def site(journal: Journal) -> Journal:
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    publication.publish_skeleton(by=Operator("drift"), at=journal.at)
    return journal


def keep(journal: Journal, **times) -> list[str]:
    return journal_pages.keep_current(by=KEEPER, at=times.get("at", journal.at))


def body(path: str) -> str:
    return bytes(SitePage.objects.get(path=path, withdrawn_at=None).body).decode("utf-8-sig")


def test_days_months_and_files_stand_as_pages(site):
    site.published()

    changed = keep(site)

    assert {f"{DAY}/", "/postliste/2026-03/", f"{DAY}.csv", f"{DAY}.json", f"{DAY}.xml"} <= set(changed)
    assert "Spørsmål fra ***** om svømmehallen" in body(f"{DAY}/")
    assert "Kåre Prøve" in body(f"{DAY}/")
    assert keep(site) == []


def test_nothing_unreviewed_stands_anywhere(site):
    site.proposed()

    keep(site)

    assert not any("svømmehall" in bytes(page.body).decode() for page in SitePage.objects.all())


def test_the_files_tell_the_same_in_three_forms(site):
    site.published("=HYPERLINK(1) ]]> & \x0b<b>")
    keep(site)

    told = json.loads(body(f"{DAY}.json"))["journal"][0]
    row = next(csv.DictReader(io.StringIO(body(f"{DAY}.csv"))))
    entry = ET.fromstring(body(f"{DAY}.xml")).find("journalpost")
    assert told["offentligTittel"] == entry.findtext("offentligTittel")
    assert row["offentligTittel"] == f"'{told['offentligTittel']}"


def test_robots_are_kept_out(site):
    site.published()
    keep(site)

    assert "noindex" in body(f"{DAY}/") and "Disallow: /postliste/" in body("/robots.txt")
    assert ("x-robots-tag", "noindex, nofollow") in [
        (name.decode(), value.decode()) for name, value in headers_of(SitePage.objects.get(path=f"{DAY}/"))
    ]


def test_names_leave_lists_and_files_after_a_year_and_stand_on_the_entrys_own_page(site):
    row, late = site.published(), site.at + timedelta(days=366)
    keep(site)
    commands.age_names(by=PROPOSER, at=late)

    keep(site, at=late)

    assert not any("Kåre" in bytes(page.body).decode() for page in SitePage.objects.filter(withdrawn_at=None))
    assert "Kåre Prøve" in queries.entry_or_absent(row.public_id, at=late).senders


def test_persons_are_found_for_a_year_and_words_for_ever(site):
    site.published()
    late = site.at + timedelta(days=366)

    def found(words, at):
        return len(queries.search(words, after="", at=at).rows)

    assert found("Kåre", site.at) == 1
    assert found("Kåre", late) == 0
    assert found("svømmehallen", late) == 1


def test_what_is_withdrawn_leaves_its_day(site):
    row = site.published()
    keep(site)
    commands.withdraw(public_entry_id=row.public_id, because="Feil", by=site.by, at=site.at)

    assert f"{DAY}/" in keep(site)
    assert not SitePage.objects.filter(path__startswith=DAY, withdrawn_at=None).exists()


def test_a_journal_that_is_switched_off_is_gone_and_can_come_back(site):
    site.published()
    keep(site)

    site.switch_on(is_on=False)
    assert "/postliste/" in keep(site) and not queries.is_on()
    site.switch_on()
    assert {"/postliste/", "/nn/postliste/", "/en/postliste/", f"{DAY}/"} <= set(keep(site))


def test_a_page_holds_a_hundred_entries_in_less_than_a_hundred_kilobytes(site, monkeypatch):
    row = queries.shown(site.published("Et svært langt navn på et dokument " * 8), at=site.at)
    parts = journal_pages.parts_of(journal_pages.Span.of_day(row.day), Municipality.objects.get(), at=site.at)

    one = len(parts[f"{DAY}/"].body)
    assert one + 99 * 800 < 100_000


def test_searching_and_one_entry_answer_with_few_queries(site, client, django_assert_max_num_queries):
    row = site.published()

    with django_assert_max_num_queries(12):
        answer = client.get(reverse("site:journal-search"), {"q": "svømmehallen"})
    with django_assert_max_num_queries(12):
        page = client.get(reverse("site:journal-entry", args=[row.public_id]))

    assert "svømmehallen" in answer.content.decode() and "noindex" in answer.headers["X-Robots-Tag"]
    assert page.status_code == 200


def test_one_asks_follows_the_link_and_takes_it_back(site, client):
    row = site.published()

    answer = client.post(reverse("site:ask", args=[row.public_id]), {"wish": "", "language": "nn"})
    page = client.get(answer.headers["Location"])

    assert answer.status_code == 303 and AccessRequest.objects.get().language == "nn"
    assert page.status_code == 200 and page.headers["Referrer-Policy"] == "same-origin"
    assert client.post(f"{answer.headers['Location']}tilbake/").status_code == 303
    assert AccessRequest.objects.get().state == "WITHDRAWN"


def test_a_machine_that_fills_in_everything_makes_no_request(site, client):
    row = site.published()

    client.post(reverse("site:ask", args=[row.public_id]), {"language": "nb", "website": "http://spam.example"})

    assert not AccessRequest.objects.exists()


def test_programs_read_the_journal_without_a_token_in_pages(site, client):
    site.published()

    told = client.get("/api/v1/journal", {"first": "2026-03-01"}).json()

    assert [entry["offentligTittel"] for entry in told["entries"]] == ["Spørsmål fra ***** om svømmehallen"]
    assert told["next"] == ""
    assert client.get("/api/v1/journal", {"after": told["entries"][0]["id"]}).json()["entries"] == []


def test_before_the_sites_first_publication_no_journal_stands(journal):
    journal.published()

    assert journal_pages.keep_current(by=KEEPER, at=clock.now()) == []
