"""What is withheld is nowhere in the file: not in its text, its title, its streams, its addresses or checksums."""

import hashlib
import unicodedata

import pytest

from tests.records.documents import samples
from tests.records.documents.pdf_checker import everything_in, problems, text_of
from torg.core.errors import Invalid
from torg.records.documents.redacting import repeated
from torg.records.documents.rendering import render
from torg.records.documents.types import Document, Passage, Redactions

GROUND = "Unntatt offentlighet, offl. § 13, jf. fvl. § 13 første ledd nr. 1"
OTHER_GROUND = "Unntatt offentlighet, offl. § 26 femte ledd"
TEXT = "Min datter Ola-Marit har diabetes. Fødselsnummer 01017000027."
SECRET = "diabetes"
NUMBER = "01017000027"


def passage(words, text=TEXT, **changed):
    start = text.index(words)
    return Passage(**({"item": "item-0", "version": 1, "start": start, "end": start + len(words)} | changed))


def redacted(*items, title="Om skolestart", at=samples.AT, **redactions):
    document = Document(samples.snapshot(*items, title=title), redactions=Redactions(GROUND, **redactions))
    return render(document, language="nb", at=at)


@pytest.fixture(scope="module")
def made():
    item = samples.item(0, TEXT, TEXT.replace("Min", "Vår"), attachments=(samples.attached(),))
    answer = samples.item(1, "Hei, Kari Nordmann! Ring oss. Nordmanns vei er stengt.", parent="item-0")
    document = Document(
        samples.snapshot(item, answer, title="Kari Nordmann: diabetes på skolen"),
        files={samples.PICTURE_SUM: samples.picture()},
        redactions=Redactions(
            GROUND,
            passages=(passage(SECRET), passage(NUMBER, ground=OTHER_GROUND)),
            names=("Kari Nordmann",),
            attachments=(("item-0", 0),),
        ),
    )
    return render(document, language="nb", at=samples.AT)


@pytest.mark.strategy("D6")
@pytest.mark.parametrize(
    "withheld", ["diabetes", "01017000027", "Kari", "77_0", "comment=0", "9000", "hall.png", "Bassenget", "cdcdcdcd"]
)
def test_what_is_withheld_is_nowhere_in_the_file(made, withheld):
    everything = everything_in(made)

    assert withheld not in text_of(made)
    for form in (withheld.encode(), withheld.encode("utf-16-be"), withheld.encode("utf-16-be").hex().encode()):
        assert form not in everything


def test_it_is_as_sound_as_any_document(made):
    assert problems(made) == []


def test_the_grounds_are_printed(made):
    assert GROUND in text_of(made)
    assert OTHER_GROUND in text_of(made)


def test_what_stands_around_it_is_kept(made):
    text = text_of(made)

    assert "Min datter Ola-Marit har " in text
    assert "Vår datter Ola-Marit har " in text
    assert "Nordmanns vei er stengt." in text


def test_checksums_of_withheld_texts_are_not_printed(made):
    for text in (TEXT, TEXT.replace("Min", "Vår")):
        assert hashlib.sha256(text.encode()).hexdigest() not in text_of(made)


def test_a_mark_does_not_tell_how_much_is_withheld():
    short, long = ("Han heter Bo her.", "Han heter " + "Bo" * 400 + " her.")
    one, other = (
        redacted(samples.item(0, text), passages=(passage(name, text),))
        for text, name in ((short, "Bo"), (long, "Bo" * 400))
    )

    assert text_of(one) == text_of(other)
    assert abs(len(one) - len(other)) < 50


@pytest.mark.parametrize(
    "written", ["ÅSE LIND", unicodedata.normalize("NFD", "Åse Lind"), "Åse\u00a0 Lind", "Å\u200bse Lind", "Åse Linds"]
)
def test_a_name_is_found_in_every_way_of_writing_it(written):
    text = text_of(redacted(samples.item(0, f"Spør {written} om det."), names=("Åse Lind",)))

    assert "om det." in text
    assert "lind" not in text.lower()


def test_a_short_name_does_not_take_other_words():
    text = text_of(redacted(samples.item(0, "Bo bygger bolig, ifølge Bos far."), names=("Bo",)))

    assert "bolig" in text
    assert "Bos" not in text


def test_the_title_can_be_withheld_as_a_whole():
    snapshot = samples.snapshot(samples.item(0, "Hei"), title="Sak om Lillevik")
    redactions = Redactions(GROUND, title=True, public_title="Sak om *****")

    made = render(Document(snapshot, title="Sak om Lillevik", redactions=redactions), language="nb", at=samples.AT)

    assert b"Lillevik" not in everything_in(made)
    assert "Sak om *****" in text_of(made)


@pytest.mark.parametrize(
    "wrong", [{"item": "item-9"}, {"version": 4}, {"end": 900}, {"start": 5, "end": 5}, {"start": -1}]
)
def test_a_passage_outside_of_the_text_is_refused(wrong):
    with pytest.raises(Invalid):
        redacted(samples.item(0, TEXT), passages=(passage(SECRET, **wrong),))


def test_a_quotation_of_withheld_words_is_found_for_a_person_to_decide():
    snapshot = samples.snapshot(samples.item(0, TEXT), samples.item(1, "Så leit med Diabetes!"), samples.item(2, "Hei"))

    found = repeated(snapshot, Redactions(GROUND, passages=(passage(SECRET),)))

    assert found == (Passage("item-1", 1, 12, 20),)
