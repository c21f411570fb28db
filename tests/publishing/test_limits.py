"""Lengths are counted the way each platform counts them."""

import pytest

from torg.publishing.limits import count
from torg.publishing.limits.counting import text_with_link
from torg.publishing.limits.signs import graphemes, mastodon_length, x_weight

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Blåbær på åsen", 14),
        ("é", 1),
        ("é", 1),
        ("水", 2),
        ("👍", 2),
        (FAMILY, 2),
        ("👍🏽", 2),
        ("🇳🇴", 2),
        ("1️⃣", 2),
        ("–", 1),
        ("€", 2),
        ("Les https://eksempelvik.example/en/lang/adresse/som/er/mye/lengre/enn/det nå", 30),
        ("http://a.no", 23),
    ],
)
def test_x_weighs_signs(text, weight):
    assert x_weight(text) == weight


@pytest.mark.parametrize(("text", "signs"), [("abc", 3), (FAMILY, 1), ("e\u0301", 1), ("🇳🇴🇸🇪", 2), ("\r\n", 1)])
def test_graphemes_are_what_people_see(text, signs):
    assert graphemes(text) == signs


def test_mastodon_counts_addresses_as_23_and_only_the_name_of_a_mention():
    assert mastodon_length("Hei @kari@en.lang.tjener.example") == len("Hei @kari")
    assert mastodon_length("https://eksempelvik.example/" + "a" * 200) == 23


def test_bluesky_limits_both_graphemes_and_bytes():
    families = {found.unit: found for found in count("bluesky", FAMILY * 130)}

    assert not families["graphemes"].is_over
    assert families["bytes"].is_over


def test_instagram_limits_differ_by_route():
    caption = {found.unit: found for found in count("instagram", "#a " * 30)}
    comment = {found.unit: found for found in count("instagram", "#a " * 5, route="comment")}
    message = {found.unit: found for found in count("instagram", "ø" * 501, route="message")}

    assert not caption["hashtags"].is_over
    assert comment["hashtags"].is_over
    assert message["bytes"].is_over


def test_the_link_counts_only_where_it_stands_in_the_text():
    link = "https://eksempelvik.example/a/"

    assert count("x", "a" * 255, link=link)[0].left == 0
    assert count("x", "a" * 256, link=link)[0].is_over
    assert text_with_link("facebook", "Hei", link) == "Hei"
    assert text_with_link("mastodon", "Hei", link).endswith(link)


def test_a_platform_without_known_limits_refuses_nothing():
    assert count("ukjent", "a" * 100_000, pictures=99) == []


def test_too_many_pictures_are_over_the_limit():
    assert count("bluesky", "Hei", pictures=5)[-1].is_over
