"""The rulebook's pages: who reads them, who changes them, and what the public site shows."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from tests.inbox.conftest import LONG_AGO
from torg.core import clock
from torg.moderation import commands, comparison, queries
from torg.moderation.models import RuleVersion
from torg.people.models import Municipality
from torg.site import publication, rendering
from torg.site.models import SitePage

WORDS = {"basis": "HOUSE", "severity": "MILD", "title_nb": "Hunder", "text_nb": "Hold hunden i bånd."}


def address(name, *arguments):
    return reverse(f"moderation:{name}", args=arguments)


def test_the_rulebook_is_offered_where_there_is_none(signed_in, house):
    client = signed_in(house.officer)
    assert address("rules-adoption") in client.get(address("rules")).content.decode()

    client.post(address("rules-adoption"))

    assert len(queries.rules_in_force(clock.now())) == 13


def test_colleagues_read_the_rules_and_cannot_change_them(signed_in, house, rulebook):
    client = signed_in(house.case_officer)
    page = client.get(address("rule", rulebook["threats"].public_id)).content.decode()

    assert "§" in page
    assert address("rule-versions", rulebook["threats"].public_id) not in page
    assert client.post(address("rule-versions", rulebook["threats"].public_id)).status_code == 403
    assert client.get(address("rule-new")).status_code == 403


def test_the_rulebook_takes_few_questions(signed_in, house, rulebook, django_assert_max_num_queries):
    client = signed_in(house.officer)

    with django_assert_max_num_queries(12):
        assert client.get(address("rules")).status_code == 200


def test_a_new_rule_goes_from_draft_to_the_day_it_holds(signed_in, house, at, now):
    client = signed_in(house.officer)
    client.post(address("rule-new"), WORDS)
    draft = RuleVersion.objects.get()
    languages = {f"{part}_{code}": "Hund" for part in ("title", "text") for code in ("nn", "en")}

    client.post(address("rule-draft", draft.rule.public_id), WORDS | languages)
    client.post(address("rule-publication", draft.rule.public_id), {"valid_from": "2026-04-01"})

    draft.refresh_from_db()
    assert draft.valid_from.date().isoformat() == "2026-03-31", "the start of that day in Norway"
    assert queries.version_in_force(draft.rule, at=at) is None


def test_a_rule_that_lacks_a_language_is_refused_where_it_was_asked(signed_in, house, now):
    client = signed_in(house.officer)
    client.post(address("rule-new"), WORDS)

    answer = client.post(address("rule-publication", RuleVersion.objects.get().rule.public_id))

    assert answer.status_code == 422


def test_the_words_of_notices_are_part_of_the_version_and_stand_in_the_public_change_log(
    signed_in, house, municipality, now, at
):
    client = signed_in(house.officer)
    client.post(address("rule-new"), WORDS | {"notice_nb": "Ta hunden i bånd, så er alt i orden."})
    rule = RuleVersion.objects.get().rule
    languages = {f"{part}_{code}": "Hund" for part in ("title", "text") for code in ("nn", "en")}
    client.post(address("rule-draft", rule.public_id), WORDS | languages | {"notice_nb": "Ta hunden i bånd."})
    assert client.post(address("rule-publication", rule.public_id)).status_code == 422, "in all languages or none"
    told = {"notice_nb": "Ta hunden i bånd.", "notice_nn": "Ta hunden i band.", "notice_en": "Keep the dog on a lead."}

    client.post(address("rule-draft", rule.public_id), WORDS | languages | told)
    client.post(address("rule-publication", rule.public_id))

    assert rule.versions.get().notice_nn == told["notice_nn"]
    assert told["notice_en"] in drawn(municipality, "/en/rules/changes/", now)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rule.versions.update(notice_nb="Noe annet")


def test_a_title_is_demanded(signed_in, house):
    answer = signed_in(house.officer).post(address("rule-new"), WORDS | {"title_nb": ""})

    assert answer.status_code == 422
    assert not RuleVersion.objects.exists()


def test_a_draft_can_be_thrown_away_and_a_rule_withdrawn(signed_in, house, rulebook, now):
    client = signed_in(house.officer)
    links = rulebook["links"].public_id
    client.post(address("rule-versions", links))
    client.post(address("rule-draft-removal", links))

    client.post(address("rule-withdrawal", links))

    assert rulebook["links"].versions.count() == 1
    assert queries.version_in_force(rulebook["links"], at=now) is None


def test_versions_are_compared_word_by_word(signed_in, house, rulebook, now):
    client = signed_in(house.officer)
    topic = rulebook["topic"].public_id
    client.post(address("rule-versions", topic))
    draft = rulebook["topic"].versions.get(number=2)
    RuleVersion.objects.filter(pk=draft.pk).update(title_nb="Hold deg til saken i innlegget")

    page = client.get(address("rule-comparison", topic) + "?before=1&after=2").content.decode()

    assert "temaet</del>" in page and "saken</ins>" in page


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("en katt", "en katt", [("en katt", False, False)]),
        ("", "en", [("en", False, True)]),
        ("en", "", [("en", True, False)]),
        ("en rød", "en blå", [("en ", False, False), ("rød", True, False), ("blå", False, True)]),
    ],
)
def test_a_comparison_says_what_went_and_what_came(before, after, told):
    found = [(piece.text, piece.is_removed, piece.is_added) for piece in comparison.pieces(before, after)]

    assert found == told


@pytest.fixture
def municipality(db):
    return Municipality.objects.create(id=1, name="Storvik kommune", is_set_up=True)


def drawn(municipality, path, at):
    return rendering.skeleton(municipality, at=at)[path].body.decode()


def test_the_public_page_shows_the_rules_in_force_in_its_language(municipality, rulebook, at):
    assert "Ingen trusler" in drawn(municipality, "/regler/", at)
    assert "Ingen truslar" in drawn(municipality, "/nn/reglar/", at)
    assert "No threats" in drawn(municipality, "/en/rules/", at)


def test_the_public_page_changes_on_the_day_and_keeps_the_older_wording(municipality, house, rulebook, at):
    commands.withdraw_rule(rule_id=rulebook["links"].public_id, by=house.officer, at=at)
    before, after = (drawn(municipality, "/regler/", moment) for moment in (at - timedelta(days=1), at))

    assert "grovt innhold" in before and "grovt innhold" not in after
    assert "grovt innhold" in drawn(municipality, "/regler/endringer/", at)


def test_a_draft_never_reaches_the_public_page(municipality, house, rulebook, at):
    commands.draft_version(rule_id=rulebook["topic"].public_id, by=house.officer, at=at)
    rulebook["topic"].versions.filter(number=2).update(title_nb="Hemmelig kladd")

    pages = rendering.skeleton(municipality, at=at)

    assert not [path for path, part in pages.items() if b"Hemmelig kladd" in part.body]


def test_a_site_that_is_published_without_a_rulebook_begins_with_ours(municipality, house, at):
    publication.publish_skeleton(by=house.officer, at=LONG_AGO)

    assert len(queries.rules_in_force(at)) == 13
    assert b"Ingen trusler" in bytes(SitePage.objects.get(path="/regler/").body)
