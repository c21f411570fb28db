"""The document: sound as an archive file, faithful to what was said, and never lost."""

import io

import pikepdf
import pytest

from tests.records.documents import samples
from tests.records.documents.pdf_checker import furthest_right, problems, structure, text_of
from torg.records.documents import confined, rendering
from torg.records.documents.confined import ConfinedFailure
from torg.records.documents.rendering import render
from torg.records.documents.types import Document, DocumentFailed

HOSTILE = 'Her: \x00 \x07 \u202egnol\u202c \u200f \ud83d \u16a0 #panic() *x* $y$ <b> ]]> \\u{0} "'
SCRIPTS = "Čáhcesuolu ŋ ж Ω مرحبا שלום नमस्ते สวัสดี 漢字 かな 한국어 ሰላም தமிழ் ქართული 👍🏽 🇳🇴 👨‍👩‍👧 1️⃣ 𝓯"


@pytest.fixture(scope="module")
def thread():
    """A post with a picture, an edited and hidden answer with every kind of text, an internal note."""
    post = samples.item(
        0,
        "Svømmehallen åpner 1. desember.",
        kind="POST",
        attachments=(samples.attached(), samples.attached(sha256=None, title="film.webm", state="WITHHELD")),
    )
    answer = samples.item(1, "Hva koster det?", HOSTILE, SCRIPTS, state="HIDDEN_BY_US", parent="item-0")
    note = samples.item(2, "Ring teknisk etat.", kind="NOTE", permalink=None, external_id=None, deliveries=())
    return Document(
        samples.snapshot(post, answer, note),
        municipality="Eksempel kommune",
        case_number="2026/41",
        journal_number="2026/41-2",
        files={samples.PICTURE_SUM: samples.picture()},
    )


@pytest.fixture(scope="module")
def made(thread):
    return render(thread, language="nb", at=samples.AT)


@pytest.fixture(scope="module")
def text(made):
    return text_of(made)


def test_it_has_what_the_archive_and_all_readers_demand(made):
    assert problems(made) == []


def test_the_same_content_gives_the_same_bytes(thread, made):
    confined.stop()

    assert render(thread, language="nb", at=samples.AT) == made


def test_every_version_is_there_with_its_time(text):
    assert "Hva koster det?" in text
    assert text.count("2026-11-23T01:30:03Z") >= 1
    assert text.count("2026-11-23T02:30:03Z") >= 1


def test_times_are_norwegian_with_their_date_and_utc(text):
    assert "23.11.2026 00:30:03 (2026-11-22T23:30:03Z)" in text


def test_what_cannot_be_shown_is_told_by_its_code_point(text):
    for code in ("U+0000", "U+0007", "U+202E", "U+200F", "U+D83D", "U+16A0"):
        assert f"[{code}]" in text


def test_text_is_never_markup(text):
    assert '#panic() *x* $y$ <b> ]]> \\u{0} "' in text


@pytest.mark.parametrize("word", ["Čáhcesuolu", "ж", "Ω", "漢字", "かな", "한국어", "ሰላም", "ქართული", "👍"])
def test_every_script_is_set_as_letters(text, word):
    assert word in text


def test_where_it_came_from_can_be_checked(text, thread):
    assert samples.DELIVERY in text
    assert samples.PICTURE_SUM in text
    assert "https://social.example/77?comment=1" in text
    assert "77_1" in text


def test_the_header_names_place_channel_case_and_journal(text):
    for told in ("Eksempel kommune", "Facebook", "2026/41", "2026/41-2"):
        assert told in text


def test_a_picture_is_shown_with_its_description(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "/Figure" in structure(pdf)
    assert "Bassenget sett ovenfra" in text_of(made)


def test_an_attachment_that_is_not_kept_is_named(text):
    assert "film.webm" in text


def test_notes_can_be_left_out(thread, text):
    without = Document(thread.snapshot, has_notes=False)

    assert "Ring teknisk etat." in text
    assert "Ring teknisk etat." not in text_of(render(without, language="nb", at=samples.AT))


@pytest.mark.parametrize(("language", "said"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en")])
def test_the_language_of_the_labels_is_told_to_readers(language, said):
    document = Document(samples.snapshot(samples.item(0, "Hei")))

    with pikepdf.open(io.BytesIO(render(document, language=language, at=samples.AT))) as pdf:
        assert str(pdf.Root.Lang) == said


def test_500_comments_are_one_document_with_contents():
    items = [samples.item(number, f"Kommentar {number}.", parent=f"item-{number // 3}") for number in range(500)]

    made = render(Document(samples.snapshot(*items)), language="nb", at=samples.AT)

    assert problems(made) == []
    with pikepdf.open(io.BytesIO(made)) as pdf:
        roles = list(structure(pdf))
        assert "/TOC" in roles
        assert roles.count("/H3") == 500


@pytest.mark.parametrize(
    "word", ["x" * 1500, "https://social.example/" + "a" * 400, "ж" * 300, "漢" * 300, "👍" * 200, "Å" * 300]
)
def test_a_word_without_end_stays_on_the_page_and_is_copied_whole(word):
    made = render(Document(samples.snapshot(samples.item(0, word))), language="nb", at=samples.AT)

    assert word in text_of(made)
    assert furthest_right(made) <= 1.0


def test_a_title_that_is_empty_or_hostile_is_a_title():
    for title in ("", "\x00\u202e" * 200, "]]>" + "å" * 900):
        document = Document(samples.snapshot(samples.item(0, "Hei"), title=title))

        assert problems(render(document, language="nb", at=samples.AT)) == []


def test_what_cannot_be_set_is_set_plainly_and_says_so(thread, monkeypatch):
    usual = confined.call

    def failing(function, *given, seconds=1.0):
        if 'plain": false' in str(given[0]):
            raise ConfinedFailure("out of memory")
        return usual(function, *given, seconds=seconds)

    monkeypatch.setattr(rendering.confined, "call", failing)

    made = render(thread, language="en", at=samples.AT)

    assert problems(made) == []
    assert "plainer form of the document" in text_of(made)
    assert "Hva koster det?" in text_of(made)
    assert "[U+6F22]" in text_of(made)


def test_when_nothing_can_be_set_the_caller_is_told(thread, monkeypatch):
    def failing(function, *given, seconds=1.0):
        raise ConfinedFailure("gone")

    monkeypatch.setattr(rendering.confined, "call", failing)

    with pytest.raises(DocumentFailed):
        render(thread, language="nb", at=samples.AT)


def test_a_broken_picture_is_named_and_the_rest_is_set():
    item = samples.item(0, "Se bildet", attachments=(samples.attached(),))
    document = Document(samples.snapshot(item), files={samples.PICTURE_SUM: b"\x89PNG\r\n\x1a\nbroken"})

    made = render(document, language="nb", at=samples.AT)

    assert problems(made) == []
    assert "hall.png" in text_of(made)
