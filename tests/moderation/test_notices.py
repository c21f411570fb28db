"""What the author reads: every part, in three languages, within the channel's limit, and never what would harm."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from torg.inbox.windows import length
from torg.moderation import commands, default_rulebook, framing, notices
from torg.moderation.attached import Attached, attached_as
from torg.moderation.forms.rules import LONGEST_NOTICE
from torg.moderation.models import Notice, RuleVersion
from torg.moderation.telling import Telling
from torg.moderation.types import LANGUAGES, Basis, Severity
from torg.moderation.words import PROPOSABLE, SENSITIVE_GROUNDS, Ground, Measure, Step, basis_of
from torg.outbox.models import OutboxAct
from torg.triage.models import ItemAssessment

LINK = "https://storvik.example/klage/abc"


def told(**fields) -> notices.Told:
    usual = {
        "place": "Storvik kommune",
        "posted": "10. mars 2026",
        "measure": Measure.DELETE,
        "basis": Basis.HOUSE,
        "ground": Ground.PERSONAL_ATTACK,
        "rule": "Respekt",
        "wording": "Vis respekt for andre.",
        "law": "",
        "passage": "Du er en idiot",
        "sanction": None,
        "ends_on": None,
        "review_on": None,
        "complain_by": date(2026, 3, 31),
        "is_pointed_out_by_software": False,
    }
    return notices.Told(**(usual | fields))


def write(*, language="nb", limit=2000, **fields):
    return notices.write(told(**fields), language=language, link=LINK, limit=limit)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", PROPOSABLE)
def test_a_notice_says_what_rule_passage_and_how_to_complain(language, measure):
    text = write(language=language, measure=measure, sanction=Step.WARNING)

    for part in ("Storvik kommune", "Respekt", "Vis respekt for andre.", "Du er en idiot", LINK, "31", "2026"):
        assert part in text


@pytest.mark.parametrize("step", [Step.TEMPORARY_BAN, Step.LONGER_BAN])
@pytest.mark.parametrize("days", [{"ends_on"}, {"review_on"}, {"ends_on", "review_on"}])
def test_a_ban_is_told_with_its_end_and_when_it_is_looked_at_again(step, days):
    dates = {"ends_on": date(2026, 5, 7), "review_on": date(2026, 4, 6)}
    chosen = {name: day for name, day in dates.items() if name in days}

    text = write(language="en", sanction=step, **chosen)

    assert ("until 7. May 2026" in text) is ("ends_on" in days)
    assert ("again on 6. April 2026" in text) is ("review_on" in days)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_says_what_was_marked_where_it_is_not_words(language):
    texts = {write(language=language, passage="", attached=each) for each in (None, *Attached)}

    assert len(texts) == 1 + len(Attached)


def test_words_for_many_name_a_picture_only_where_all_have_one():
    def frame(*sorts):
        tellings = [Telling(None, told(passage="", attached=each), "nb", 2000) for each in sorts]
        return framing.frame_of(framing.fullest(tellings).told, language="nb")

    assert frame(Attached.PICTURE, None) == frame(Attached.PICTURE, Attached.LINK) == frame(None)
    assert frame(Attached.PICTURE, Attached.PICTURE) == frame(Attached.PICTURE) != frame(None)


@pytest.mark.parametrize(
    ("kind", "sort"),
    [("photo", "PICTURE"), ("image/jpeg", "PICTURE"), ("video_inline", "FILM"), ("link", "LINK"), ("file", "OTHER")],
)
def test_a_channels_word_for_an_attachment_is_one_of_four_sorts(kind, sort):
    assert attached_as(kind) == sort


def test_the_three_languages_differ():
    assert len({write(language=language) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.strategy("C6")
@pytest.mark.parametrize("ground", sorted(SENSITIVE_GROUNDS))
def test_what_is_sensitive_is_not_repeated(ground):
    assert notices.quote("Fødselsnummeret er 13097248022.", 0, 30, ground) == ""


def test_personal_data_in_a_passage_is_covered():
    assert "13097248022" not in notices.quote("Idiot! 13097248022", 0, 18, Ground.PERSONAL_ATTACK)


def test_a_sensitive_notice_says_that_it_protects_somebody():
    usual, sensitive = write(ground=Ground.PERSONAL_ATTACK), write(ground=Ground.CHILD, passage="", basis=Basis.LAW)

    assert usual.split("\n\n")[0] != sensitive.split("\n\n")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("limit", [300, 500, 640, 2000])
def test_a_notice_stays_below_the_limit_and_keeps_the_way_to_complain(language, limit):
    text = write(language=language, limit=limit, wording="Vis respekt. " * 300, law="strl. § 263")

    assert length(text) <= limit
    assert LINK in text


def test_law_and_rules_are_never_mixed():
    with translation.override("en"):
        by_law = write(language="en", basis=basis_of(Ground.THREAT), ground=Ground.THREAT, law="strl. § 263")
        by_rules = write(language="en")

    assert ("The ground is the law" in by_law, "The ground is our rules" in by_law) == (True, False)
    assert ("The ground is the law" in by_rules, "The ground is our rules" in by_rules) == (False, True)


@pytest.mark.strategy("F4")
def test_the_writer_is_told_of_their_own_responsibility_but_not_for_their_language():
    assert "personally responsible" in write(language="en")
    assert "personally responsible" not in write(language="en", ground=Ground.LANGUAGE)


def test_the_rules_advice_stands_beside_its_wording_and_gives_way_first():
    advice = "Si det gjerne på nytt uten skjellsordet. " * 5
    whole, without = write(advice=advice), write()

    fits, shortest = write(advice=advice, limit=length(whole) - 1), write(advice=advice, limit=500)

    assert whole.index("Vis respekt for andre.") < whole.index(advice) < whole.index(LINK)
    assert fits == without
    assert "Vis respekt for andre." not in shortest and LINK in shortest


def test_each_rule_that_can_be_acted_on_comes_with_advice_of_its_own():
    acted_on = [rule for rule in default_rulebook.rules() if rule.draft.severity != Severity.GUIDING]

    for language in LANGUAGES:
        advice = {rule.draft.wordings[language].notice for rule in acted_on}
        assert len(advice) == len(acted_on) and all(len(each) < LONGEST_NOTICE for each in advice - {""})
        assert "" not in advice


@pytest.mark.strategy("F4")
def test_the_advice_of_the_version_that_held_is_what_is_sent_and_kept(room):
    commands.draft_version(rule_id=room.rules["respect"].public_id, by=room.house.officer, at=room.at)
    version = room.rules["respect"].versions.get(number=2)
    RuleVersion.objects.filter(pk=version.pk).update(notice_nb="Nytt råd.", notice_nn="Nytt.", notice_en="New.")
    commands.publish_rule(rule_id=room.rules["respect"].public_id, by=room.house.officer, at=room.at)

    notice = Notice.objects.get(decision=room.decided(case=room.case(at=room.at - timedelta(hours=1))))

    first = room.rules["respect"].versions.get(number=1)
    assert first.notice_nb in notice.text and "Nytt råd." not in notice.text
    assert first.notice_nb in OutboxAct.objects.get(public_id=notice.act_id).payload["act"]["text"]


def test_it_says_when_the_software_pointed_the_text_out():
    assert write(is_pointed_out_by_software=True) != write()


@pytest.mark.parametrize(("found", "chosen"), [("nn", "nn"), ("en", "en"), ("nb", "nb"), ("se", "nb"), ("", "nb")])
def test_the_letter_is_written_as_the_person_writes(db, found, chosen):
    assert notices.language_from(found) == chosen


def test_the_notice_that_leaves_is_in_the_persons_own_form(room):
    case = room.case()
    ItemAssessment.objects.filter(item=case.item).update(language="nn")

    decision = room.decided(case=case)

    notice = Notice.objects.get(decision=decision)
    wording = decision.target.rule_when_posted.wording("nn").text
    assert notice.language == "nn"
    assert wording in OutboxAct.objects.get(public_id=notice.act_id).payload["act"]["text"]


def test_the_proposer_chooses_another_form(room):
    assert Notice.objects.get(decision=room.decided(language="en")).language == "en"
