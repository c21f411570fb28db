"""Numbers that belong to a person, in the ways that people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.detectors.passages import codes, found, kinds, with_check_digits
from torg.detectors import Kind
from torg.detectors.numbers import is_national_id

# All of these are made up: the first person number that the rule allows, with computed check digits.
BORN = {
    "ordinary": "150786",
    "d-number": "550786",
    "h-number": "154786",
    "tenor": "158786",
    "tenor-d-number": "558786",
    "synthetic-65": "157286",
    "synthetic-20": "152786",
    "fh-number": "912345",
}
NUMBERS = {
    sort: next(number for n in range(100, 200) if (number := with_check_digits(f"{born}{n}")))
    for sort, born in BORN.items()
}
WAYS = {
    "plain": lambda n: n,
    "space": lambda n: f"{n[:6]} {n[6:]}",
    "hyphen": lambda n: f"{n[:6]}-{n[6:]}",
    "dots": lambda n: f"{n[:2]}.{n[2:4]}.{n[4:6]} {n[6:]}",
    "pairs": lambda n: f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:9]} {n[9:]}",
    "single-digits": " ".join,
    "two-spaces": lambda n: f"{n[:6]}  {n[6:]}",
    "full-width": lambda n: "".join(chr(ord(d) - ord("0") + ord("０")) for d in n),
    "hidden-marks": "\u200b".join,
    "no-break-space": lambda n: f"{n[:6]}\u00a0{n[6:]}",
}


@pytest.mark.parametrize("sort", NUMBERS)
def test_each_sort_of_identity_number_is_found(sort):
    assert found(f"Jeg er {NUMBERS[sort]}, takk", Kind.NATIONAL_ID) == [NUMBERS[sort]]


@pytest.mark.parametrize("way", WAYS)
def test_an_identity_number_is_found_however_it_is_written(way):
    written = WAYS[way](NUMBERS["tenor"])

    assert found(f"nummeret er {written}.", Kind.NATIONAL_ID) == [written]


@settings(deadline=None, max_examples=200)
@given(some.dates(), some.integers(0, 999), some.sampled_from([0, 40]), some.sampled_from([0, 40, 65, 80]))
def test_every_number_with_a_date_and_right_check_digits_is_found(born, individual, day, month):
    number = with_check_digits(f"{born.day + day:02}{born.month + month:02}{born.year % 100:02}{individual:03}")

    assert number is None or is_national_id(number)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("12345678901", id="wrong-check-digits"),
        pytest.param("00000000000", id="zeros"),
        pytest.param("bestillingen er " + NUMBERS["ordinary"] + "123", id="a-part-of-a-longer-number"),
    ],
)
def test_other_numbers_are_no_identity_numbers(text):
    assert found(text, Kind.NATIONAL_ID) == []


def test_a_number_that_is_said_to_be_ones_own_is_masked_even_when_mistyped():
    assert found("fødselsnummeret mitt er 010190 12345", Kind.NATIONAL_ID) == ["010190 12345"]
    assert found("født i mai, personnr. 12345", Kind.NATIONAL_ID) == ["12345"]
    assert "national_id.stated" in codes("Fødselsnr: 010190 12345")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ring meg på 22 22 22 22 da", "22 22 22 22"),
        ("tlf 91234567", "91234567"),
        ("Mobil: 912 34 567.", "912 34 567"),
        ("+47 912 34 567", "+47 912 34 567"),
        ("0047 91234567 er nummeret", "0047 91234567"),
        ("+46 8 123 456 78", "+46 8 123 456 78"),
    ],
)
def test_phone_numbers_are_found(text, number):
    assert [passage.lstrip("+") for passage in found(text, Kind.PHONE)] == [number.lstrip("+")]


@pytest.mark.parametrize(
    "text",
    [
        "Det koster 40 000 000 kroner",
        "Møtet er 20.05.2026",
        "planen 2026-2027",
        "saksnr 20261234",
        "orgnr 912345678",
        "kl 1200-1530",
        "den 20260520",
    ],
)
def test_sums_dates_and_case_numbers_are_no_phones(text):
    assert found(text, Kind.PHONE) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Send til 1234.56.78903", "1234.56.78903"),
        ("konto 12345678903 takk", "12345678903"),
        ("kontonr 1234 56 78903", "1234 56 78903"),
    ],
)
def test_account_numbers_are_found(text, number):
    assert found(text, Kind.ACCOUNT) == [number]


def test_an_account_number_with_a_wrong_check_digit_is_none():
    assert Kind.ACCOUNT not in kinds("konto 1234.56.78904")
