"""Search finds articles and pages in the language of the page that asks."""

import pytest
from django.urls import reverse

from tests.site.articles import article
from torg.core.actors import Operator
from torg.people.models import Municipality
from torg.site import articles, publication, searching

pytestmark = pytest.mark.django_db
BY = Operator("drift")


@pytest.fixture
def site(at):
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    publication.publish_skeleton(by=BY, at=at)
    for title in ("Hallen åpner mandag", "Kino i kveld"):
        articles.show(article_id=article(title, at=at, languages=("nb", "en")), by=BY, at=at)


def test_words_are_found_in_their_forms_in_one_language(site):
    nb = searching.find("haller", language="nb").results
    en = searching.find("hallen", language="en").results

    assert [row.title for row in nb] == ["Hallen åpner mandag"]
    assert [row.path.startswith("/en/") for row in en] == [True]


def test_pages_that_every_site_has_are_found_too(site):
    assert "/personvern/" in [row.path for row in searching.find("informasjonskapsler", language="nb").results]


@pytest.mark.parametrize("words", ["", "   ", "\x00", "zzz", '" OR - (', "<script>"])
def test_whatever_is_asked_gets_a_page_without_cookies(site, client, words):
    answer = client.get(reverse("site:search"), {"q": words, "side": "9" * 30})

    assert answer.status_code == 200 and not client.cookies
    assert b"<script" not in answer.content
