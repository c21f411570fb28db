"""The value lists: text and code of each value, and the refusal of any other."""

import json
from pathlib import Path

import pytest

from torg.noark import values

STANDARD = Path(__file__).parents[3] / "shared/standards/noark5"
LISTS = values.Listed.__subclasses__()


def test_a_text_and_a_code_name_the_same_value() -> None:
    assert values.EntryType.from_text("Inngående dokument") is values.EntryType.from_code("I")


def test_a_value_that_is_not_in_the_list_is_refused() -> None:
    with pytest.raises(values.NotInList, match="M053"):
        values.JournalStatus.from_text("Ferdig")
    with pytest.raises(values.NotInList, match="M053"):
        values.JournalStatus.from_code("Z")


@pytest.mark.parametrize("listed", LISTS, ids=lambda one: str(one.__name__))
def test_no_text_and_no_code_stands_twice(listed: type[values.Listed]) -> None:
    assert len({value.text for value in listed}) == len({value.code for value in listed}) == len(listed)


@pytest.mark.parametrize("listed", LISTS, ids=lambda one: str(one.__name__))
def test_the_texts_are_the_standards_own(listed: type[values.Listed]) -> None:
    described = STANDARD / "derived/metadata.json"
    if not described.exists():
        pytest.skip("the standard's tables are not here")
    texts = {one["nr"]: one["verdier"] for one in json.loads(described.read_text()) if one.get("verdier")}
    if listed.number not in texts:
        pytest.skip("the standard has no such list")

    assert {value.text for value in listed} <= set(texts[listed.number])


def test_the_codes_are_those_of_fiks_arkiv() -> None:
    folder = STANDARD / "fiks-arkiv-v1/kodelister"
    if not folder.exists():
        pytest.skip("the code lists are not here")

    for listed in LISTS:
        path = (
            folder / f"no.ks.fiks.arkiv.v1.kodelister.{(listed.__doc__ or '').split(';')[0].split(' ')[0].lower()}.json"
        )
        if path.exists():
            codes = {one["kodeverdi"] for one in json.loads(path.read_text())["kodeliste"]}
            assert {value.code for value in listed} <= codes, listed
