"""Reading a thread, searching, opening a mask, and what the parts show."""

import pytest
from django.template.loader import render_to_string

from tests import factories
from tests.dialogue.arriving import AT, absorb, connect, event, item_of
from torg.connectors.contract import Kind
from torg.core import ids
from torg.core.errors import NotFound
from torg.dialogue import queries
from torg.dialogue.models import Item, ItemVersion, Thread
from torg.people.types import Permission, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return connect()


@pytest.fixture
def officer():
    return factories.officer(at=AT)


def mask(hidden: str = "") -> None:
    """Stands for triage."""
    for row in [*Item.objects.all(), *ItemVersion.objects.all()]:
        row.masked_text = row.text.replace(hidden, "•••") if hidden else row.text
        row.save(update_fields=["masked_text"])


def test_a_thread_comes_with_all_around_it_in_few_queries(page, officer, django_assert_max_num_queries):
    kari = {"author_id": "9", "author_name": "Kari"}
    absorb(page, event(external_id="c0", text="Tidligere", **kari), event(text="Før", at=1, **kari))
    replies = [event(Kind.REPLY, external_id=f"r{n}", parent_id="c1", text="Svar", at=2 + n) for n in range(20)]
    absorb(page, event(verb="edit", text="Etter", at=3), *replies, received=61)
    mask()
    thread = item_of("c1").thread

    with django_assert_max_num_queries(12):
        view = queries.thread_with_context(officer, thread.public_id, at=AT)
        texts = [item.masked_text for item in view.items]

    assert texts[:2] == ["Etter", "Svar"] and len(texts) == 21
    assert [one.masked_text for one in view.versions[item_of("c1").id]] == ["Før", "Etter"]
    assert [item.external_id for item in view.earlier] == ["c0"]
    assert view.post.external_id == "100_1"


def test_a_thread_out_of_sight_and_one_that_is_not_there_are_answered_alike(page):
    absorb(page, event(text="Hei"))
    stranger = factories.administrator(factories.presence(at=AT), at=AT)

    said = set()
    for public_id in (Thread.objects.get().public_id, ids.new()):
        with pytest.raises(NotFound) as refusal:
            queries.thread_with_context(stranger, public_id, at=AT)
        said.add(str(refusal.value))
    assert len(said) == 1


def found(person, words, **fields):
    return [item.external_id for item in queries.search(person, words, at=AT, **fields).items]


def test_search_finds_inflections_and_beginnings_newest_first(page, officer):
    absorb(page, event(text="Når åpner svømmehallen?"))
    absorb(page, event(external_id="c2", text="Svømmehaller er åpne"), received=70)
    mask()

    assert found(officer, "svømmehall") == ["c2", "c1"]
    assert found(officer, "åpner svømmeh") == ["c2", "c1"] or found(officer, "åpner svømmeh") == ["c1"]
    assert found(officer, "bibliotek") == []


@pytest.mark.parametrize("words", ["", "  ", "'", ":*", "!&|()", "\\", "a'b:*!"])
def test_search_takes_any_signs(page, officer, words):
    assert found(officer, words) == []


def test_what_is_masked_is_found_only_with_the_right_to_open_it(page, officer):
    absorb(page, event(text="Diagnosen er migrene"))
    mask(hidden="migrene")
    contributor = factories.person()
    factories.role(contributor, Role.CONTRIBUTOR, at=AT)

    assert found(officer, "migrene") == []
    assert found(officer, "diagnosen") == ["c1"]
    assert found(officer, "migrene", permission=Permission.OPEN_SENSITIVE) == ["c1"]
    assert found(contributor, "migrene", permission=Permission.OPEN_SENSITIVE) == []


def test_search_stays_within_ones_own_pages(page):
    absorb(page, event(text="Snøbrøyting"))
    mask()
    stranger = factories.administrator(factories.presence(at=AT), at=AT)

    assert found(stranger, "snøbrøyting") == []


def test_search_goes_on_where_it_ended(page, officer, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for number in range(5):
        absorb(page, event(external_id=f"c{number}", text="Brøyting"), received=60 + number)
    mask()

    seen, after = [], None
    for _ in range(3):
        hits = queries.search(officer, "brøyting", at=AT, after=after)
        seen, after = seen + [item.external_id for item in hits.items], hits.after

    assert seen == ["c4", "c3", "c2", "c1", "c0"] and after is None


def part(item, **context):
    return render_to_string("dialogue/parts/item.html", {"item": item, **context})


def test_the_part_shows_the_mask_and_never_the_text(page):
    absorb(page, event(text="Fødselsnummer 01019012345 <b>"))
    mask(hidden="01019012345")

    shown = part(item_of("c1"), to_open="/open")

    assert "01019012345" not in shown and "•••" in shown and 'action="/open"' in shown
    assert "&lt;b&gt;" in shown


def test_the_part_of_an_unsent_message_shows_no_text(page):
    told = {"author_id": "5", "details": {"person_id": "5"}}
    absorb(page, event(Kind.MESSAGE, text="Hemmelig", **told), event(Kind.MESSAGE, "remove", at=1, **told))
    mask()

    assert "Hemmelig" not in part(item_of("c1"))


def test_the_part_shows_how_often_a_text_was_edited(page, officer):
    absorb(page, event(text="En"), event(verb="edit", text="To", at=1), event(verb="edit", text="Tre", at=2))
    mask()
    view = queries.thread_with_context(officer, Thread.objects.get().public_id, at=AT)

    shown = part(view.items[0], versions=view.versions[view.items[0].id])

    assert shown.count("t-versions__list") == 1 and all(text in shown for text in ("En", "To", "Tre"))


def test_what_we_wrote_stands_on_its_own_side(page):
    absorb(page, event(text="Vi svarer", own=True, author_id="100"))
    mask()

    assert "t-item--own" in part(item_of("c1"))


def test_a_common_word_is_found_among_the_newest_and_a_rare_one_further_back(page, officer, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    absorb(page, event(external_id="old", text="Sjelden brøyting", at=-400 * 86400), received=-399 * 86400)
    for number in range(6):
        absorb(page, event(external_id=f"c{number}", text="Brøyting"), received=61 + number)
    mask()

    assert found(officer, "brøyting") == ["c5", "c4"]
    assert found(officer, "sjelden") == ["old"]


def test_the_threads_of_hits_are_found_without_what_was_taken_back(page, officer):
    told = {"external_id": "m2", "author_id": "9", "details": {"person_id": "9"}}
    absorb(page, event(text="Brøyting"), event(external_id="c2", text="Søppel"))
    absorb(page, event(Kind.MESSAGE, text="Brøyting", **told), event(Kind.MESSAGE, "remove", at=1, **told))
    mask()

    assert queries.threads_with(officer, "brøyting", at=AT) == [item_of("c1").thread_id]
    assert queries.threads_with(officer, "   ", at=AT) == []
