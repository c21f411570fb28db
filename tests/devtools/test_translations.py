"""No reader meets a text that nobody has translated."""

import shutil

import pytest

from devtools import translations

CODE = 'from x import gettext as _, ngettext\n_("Send")\nngettext("%(count)d day", "%(count)d days", 2)\n'
PAGE = "{% load i18n %}\n  <p>{% translate 'Read' %}</p>\n{% blocktranslate %}{{ left }} left{% endblocktranslate %}\n"


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    folder = tmp_path / "room"
    (folder / "templates" / "room").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "views.py").write_text(CODE)
    (folder / "templates" / "room" / "page.html").write_text(PAGE)
    return folder


def translate(room, **texts):
    for language in translations.LANGUAGES:
        place = translations.place_of(room, language)
        catalogue = translations.read(place, language)
        for message in catalogue:
            if message.id:
                message.string = texts.get(translations.first(message.id), message.id)
        translations.write(place, catalogue, language)


def problems(room):
    return {(problem.what, problem.text) for problem in translations.check(room)}


def test_texts_are_found_in_code_and_in_templates(room):
    found = {translations.first(message.id) for message in translations.texts_of(room) if message.id}

    assert found == {"Send", "%(count)d day", "Read", "%(left)s left"}


def test_a_text_without_a_place_in_the_catalogue_is_missing(room):
    assert ("missing", "Send") in problems(room)


def test_a_new_text_is_not_translated_until_somebody_does(room):
    translations.update(room)

    assert ("not translated", "Read") in problems(room)


def test_a_complete_catalogue_has_no_problems(room):
    translations.update(room)
    translate(room)

    assert problems(room) == set()


def test_an_update_keeps_what_is_translated(room):
    translations.update(room)
    translate(room, Send="Send no")
    (room / "more.py").write_text('_("Wait")\n')

    translations.update(room)

    assert translations.read(translations.place_of(room, "nn"), "nn").get("Send").string == "Send no"
    assert problems(room) == {("not translated", "Wait")}


def test_a_text_that_is_gone_is_told_and_then_dropped(room):
    translations.update(room)
    translate(room)
    (room / "views.py").write_text("")
    before = problems(room)

    translations.update(room)

    assert ("no longer used", "Send") in before
    assert problems(room) == set()


def test_a_lost_placeholder_is_told(room):
    translations.update(room)
    translate(room, **{"%(left)s left": "igjen"})

    assert problems(room) == {("other placeholders", "%(left)s left")}


def test_an_update_twice_gives_the_same_bytes(room):
    translations.update(room)
    once = translations.place_of(room, "nb").read_bytes()

    translations.update(room)

    assert translations.place_of(room, "nb").read_bytes() == once


@pytest.mark.parametrize(("word", "expected"), [("Read", []), ("Les", ["Read", "Read"])])
def test_two_rooms_that_translate_a_text_differently_are_told(room, word, expected):
    other = room.parent / "other"
    shutil.copytree(room, other)
    for folder, told in ((room, "Read"), (other, word)):
        translations.update(folder)
        translate(folder, Read=told)

    found = list(translations.disagreements())

    assert [problem.text for problem in found] == expected
