"""Dates in answers, the check before sending, and variables: on text alone."""

from datetime import date

import pytest

from torg.core.errors import Invalid
from torg.inbox import canned, checks, dates, windows
from torg.inbox.types import AnswerKind

TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Vi kommer tilbake innen fredag.", date(2026, 3, 13)),
        ("Vi svarer deg i morgen.", date(2026, 3, 11)),
        ("Me svarar deg i morgon.", date(2026, 3, 11)),
        ("Eg ringjer i overmorgon.", date(2026, 3, 12)),
        ("Vi svarer i dag.", TUESDAY),
        ("Vi gir deg svar innen 3. juni.", date(2026, 6, 3)),
        ("Du får svar 12.06.2026.", date(2026, 6, 12)),
        ("Du får svar 12.6.", date(2026, 6, 12)),
        ("Du får svar 1. mars", date(2027, 3, 1)),
        ("Vi svarer innen to uker.", date(2026, 3, 24)),
        ("Vi svarer innen 3 arbeidsdager.", date(2026, 3, 13)),
        ("Vi svarer innen tre virkedager.", date(2026, 3, 13)),
        ("Vi svarer i løpet av uka.", date(2026, 3, 13)),
        ("Vi svarer neste uke.", date(2026, 3, 20)),
        ("Vi svarer neste mandag.", date(2026, 3, 16)),
        ("Me svarar laurdag.", date(2026, 3, 14)),
        ("Dere skal få svar tysdag.", TUESDAY),
        ("We will get back to you by Friday.", date(2026, 3, 13)),
        ("You will hear from us tomorrow.", date(2026, 3, 11)),
        ("We will answer by 3 June 2026.", date(2026, 6, 3)),
        ("It will be fixed by June 3rd.", date(2026, 6, 3)),
        ("We will answer within 2 weeks.", date(2026, 3, 24)),
        ("We will answer by 2026-04-01.", date(2026, 4, 1)),
    ],
)
def test_a_promise_is_found_with_its_day(text, on):
    assert [(found.on, found.is_promise) for found in dates.find(text, written_on=TUESDAY)] == [(on, True)]


@pytest.mark.parametrize(
    "text",
    ["Kontoret er stengt 17. mai.", "Møtet er fredag kl. 18.", "Fristen er 1. april.", "Biblioteket åpner mandag."],
)
def test_a_date_that_tells_is_no_promise(text):
    assert [found.is_promise for found in dates.find(text, written_on=TUESDAY)] == [False]


@pytest.mark.parametrize(
    "text", ["", "Takk for tipset!", "Ring 412 34 567", "Kr 12.50", "Versjon 1.2.3", "31. februar", "kl. 12.30"]
)
def test_no_date_is_found_where_there_is_none(text):
    assert dates.find(text, written_on=TUESDAY) == ()


def test_the_passage_is_pointed_to():
    text = "Hei! Vi svarer innen fredag."

    [found] = dates.find(text, written_on=TUESDAY)

    assert text[found.start : found.end] == "fredag"


def codes(text, kind=AnswerKind.PUBLIC_REPLY, limit=8000, sender="Siri Lund", **more):
    return [
        remark.code for remark in checks.check(text, kind=kind, limit=limit, sender=sender, written_on=TUESDAY, **more)
    ]


@pytest.mark.strategy("E1")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ring meg på 412 34 567. Siri", "personal_data"),
        ("Skriv til kari@storvik.example. Siri", "personal_data"),
        ("Søknaden din er innvilget. Siri", "case_handling"),
        ("Du har rett på plass. Siri", "case_handling"),
        ("Vi svarer innen fredag. Siri", "promise"),
        ("Biblioteket åpner ti.", "unsigned"),
        ("Hei {{ first_name }}. Siri", "variable_left"),
        ("   ", "empty"),
        ("a\x00b Siri", "unreadable"),
    ],
)
def test_the_check_finds(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    "text", ["Biblioteket åpner ti.\nHilsen Siri", "Åpent til fire. Mvh Servicetorget", "Ja! /Siri"]
)
def test_a_plain_answer_with_a_sender_is_left_alone(text):
    assert codes(text) == []


def test_length_is_counted_the_platforms_way():
    assert windows.length("😀") == 2
    assert "too_long" in codes("😀" * 1001 + " Siri", limit=2000)
    assert "too_long" not in codes("å" * 1990 + " Siri", limit=2000)


def test_a_colleagues_waiting_answer_is_told_of():
    assert codes("Hei. Siri", waits_elsewhere=True) == ["answer_waits"]


def test_any_text_can_be_checked():
    for text in ["\ud800", "\u202e" * 50, "a" * 60_000, "((((" * 500, "innen " * 3000]:
        codes(text)


VALUES = canned.Values(
    first_name="Kari", unit="Servicetorget", hours="08:00–15:30", link="https://x.example", sender="Siri"
)


def test_variables_are_filled_in():
    assert canned.fill("Hei {{ first_name }}, vi har åpent {{hours}}. {{ sender }}", VALUES) == (
        "Hei Kari, vi har åpent 08:00–15:30. Siri"
    )


def test_nobodys_name_leaves_no_hole():
    nameless = canned.Values(first_name="", unit="", hours="", link="", sender="Siri")

    assert canned.fill("Hei {{ first_name }}, velkommen.", nameless) == "Hei, velkommen."


def test_a_variable_that_does_not_exist_is_refused():
    with pytest.raises(Invalid):
        canned.fill("{{ first_name.__class__ }}", VALUES)
