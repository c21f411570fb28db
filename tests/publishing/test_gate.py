"""The gate refuses what some could not read, and says why, where, and how to mend it."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.publishing.content import GOOD, body, content, film, picture, post
from torg.publishing import gate
from torg.publishing.gate import words
from torg.publishing.gate.reading import lix
from torg.publishing.types import PictureUse, Words

CHANNEL = UUID("22222222-2222-4222-8222-222222222222")
FACEBOOK = {CHANNEL: "facebook"}
HARD = "Kommunestyrebehandlingen av reguleringsplanforslaget forutsetter konsekvensutredninger " * 10
LIMITS = gate.Bounds()

REFUSED = [
    ("alt_missing", content(pictures=[picture(alts={})])),
    ("alt_missing", content(pictures=[picture(alts={"nn": "Barn"})])),
    ("alt_is_file_name", content(pictures=[picture(alts={"nb": "IMG_2041.jpg"})])),
    ("text_in_picture", content(pictures=[picture(holds_text=True)])),
    ("decoration_holds_text", content(pictures=[PictureUse(CHANNEL, is_decorative=True, holds_text=True)])),
    ("contrast_low", content(pictures=[picture(holds_text=True, is_text_told=True, contrast=2.0)])),
    ("captions_missing", content(films=[film(caption_languages=())])),
    ("captions_in_other_language", content(films=[film(caption_languages=("en",))])),
    ("heading_skips", body("## En\n\n#### To")),
    ("heading_skips", body("### Først")),
    ("heading_is_title", body("# Tittel")),
    ("heading_empty", body("##\n\nHei")),
    ("link_vague", body("[Klikk her](https://a.example)")),
    ("link_vague", body("[**les mer** ](https://a.example)")),
    ("link_vague", body("[Les meir.](https://a.example)")),
    ("link_empty", body("[](https://a.example)")),
    ("hard_to_read", body(HARD)),
    ("national_id", body("Fødselsnummeret er 13097248022.")),
    ("no_title", content(texts={"nb": replace(GOOD, title=" ")})),
    ("no_body", body("")),
    ("language_behind", content(texts={"nb": replace(GOOD, confirmed_number=3), "nn": replace(GOOD)})),
    ("channel_empty", content(channels=[post(CHANNEL, text=" ")])),
    ("channel_without_link", content(channels=[post(CHANNEL, has_link=False)])),
    ("channel_language", content(channels=[post(CHANNEL, language="en")])),
    ("channel_too_long", content(channels=[post(CHANNEL, text="a" * 63207)])),
    ("channel_picture_unknown", content(channels=[post(CHANNEL, picture_ids=(CHANNEL,))])),
    (
        "channel_picture_undescribed",
        content(pictures=[PictureUse(CHANNEL, is_decorative=True)], channels=[post(CHANNEL, picture_ids=(CHANNEL,))]),
    ),
    ("channel_film_unknown", content(channels=[post(CHANNEL, film_id=CHANNEL)])),
    (
        "channel_film_captions",
        content(
            films=[film(medium_id=CHANNEL, caption_languages=("nn",))],
            texts={"nb": GOOD, "en": GOOD},
            channels=[post(CHANNEL, film_id=CHANNEL, language="en")],
        ),
    ),
    (
        "channel_film_and_pictures",
        content(
            films=[film(medium_id=CHANNEL)],
            pictures=[PictureUse(CHANNEL, alts={"nb": "Barn hopper"})],
            channels=[post(CHANNEL, film_id=CHANNEL, picture_ids=(CHANNEL,))],
        ),
    ),
]


@pytest.mark.strategy("A1")
@pytest.mark.parametrize(("code", "spoiled"), REFUSED, ids=[f"{code}-{n}" for n, (code, _) in enumerate(REFUSED)])
def test_it_refuses_with_a_reason_and_a_way_to_mend(code, spoiled):
    refusals = [remark for remark in gate.run(spoiled, platforms=FACEBOOK) if remark.refuses]

    assert code in {remark.code for remark in refusals}
    assert all(words.reason(remark) and words.mend(remark) and words.where(remark) for remark in refusals)


@pytest.mark.parametrize(
    "fine",
    [
        content(),
        content(pictures=[picture(), PictureUse(CHANNEL, is_decorative=True)]),
        content(pictures=[picture(holds_text=True, is_text_told=True, contrast=7.0)]),
        content(films=[film(), film(has_speech=False, caption_languages=())]),
        content(films=[film(caption_languages=("nn",))]),
        body("## En\n\n### To\n\n## Tre\n\nRing 73 00 00 00."),
        content(channels=[post(CHANNEL)]),
        content(texts={"nb": GOOD, "nn": Words("Symjehallen opnar", "Hallen opnar.", "Du kan bade.", 1)}),
    ],
)
def test_what_everybody_can_read_passes(fine):
    assert [remark.code for remark in gate.run(fine, platforms=FACEBOOK) if remark.refuses] == []


def test_doubtful_things_are_advice_and_stop_nothing():
    remarks = gate.run(body("**Åpningstider**\n\n[https://a.example](https://a.example)"))

    assert {remark.code for remark in remarks} == {"heading_in_bold", "link_is_address"}
    assert not any(remark.refuses for remark in remarks)


def test_an_instagram_post_needs_no_link_since_it_would_lead_nowhere():
    remarks = gate.run(content(channels=[post(CHANNEL, has_link=False)]), platforms={CHANNEL: "instagram"})

    assert [remark.code for remark in remarks if remark.refuses] == []


def test_personal_data_is_not_repeated_in_the_remark():
    remarks = gate.run(body("Fødselsnummeret er 13097248022."))

    assert "13097248022" not in repr(remarks)


def test_lix_counts_sentences_and_long_words():
    easy = "Vi har det bra i dag. " * 10

    assert lix(easy) == 6
    assert lix("Kort tekst.") is None
    assert lix("reguleringsplanen " * 40 + ".") == 140


def test_bounds_are_the_municipalitys():
    remarks = gate.run(body("Dette er vanlig tekst som mange leser med glede. " * 8), bounds=gate.Bounds(1, 2))

    assert "hard_to_read" in {remark.code for remark in remarks}
