"""An answer that many have got is corrected in the open, and everyone who got it is told, each once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.crisis.conftest import send_all
from tests.crisis.test_incidents import audited, page
from tests.crisis.test_questions import ANSWER, ENGLISH, NORWEGIAN, NUMBER, answer, ask, group, send
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound, Stale
from torg.crisis import commands, correcting, queries, recording
from torg.crisis.models import AnswerVersion, Asked, CorrectedReply, Question
from torg.crisis.types import AnswerCorrection, Injection, SharedAnswer
from torg.inbox import commands as inbox
from torg.inbox.answering import NeedsConfirmation
from torg.inbox.models import Answer
from torg.inbox.types import AnswerState
from torg.outbox.models import OutboxAct
from torg.publishing.policies import NotPassed

pytestmark = pytest.mark.django_db
BOIL = SharedAnswer("Can we drink the water?", "Yes, when you have boiled it for three minutes. Regards, Ola")
FIVE = "Ja, når du har kokt det i fem minutter. Hilsen Ola"
WRONG = "Vi skrev tre minutter. Fem er riktig."


def answered(crisis, *texts: str, others=None) -> Question:
    incident = crisis.open()
    for enquiry, language in zip(ask(crisis, *texts), ("nb", "en"), strict=False):
        enquiry.__class__.objects.filter(pk=enquiry.pk).update(language=language)
    group(crisis, incident)
    question = answer(crisis, Question.objects.get(), others=others)
    send(crisis, question)
    return question


def correct(crisis, question, *, text=FIVE, others=None, by=None, **changes) -> Question:
    texts = {"nb": SharedAnswer("Kan vi drikke vannet?", text), **(others or {})}
    wanted = {"texts": texts, "told": {"nb": WRONG}, "seen_version": 1, **changes}
    return commands.correct_answer(
        question_id=question.public_id,
        correction=AnswerCorrection(**wanted),
        by=by or crisis.deputy,
        at=crisis.at + timedelta(minutes=20),
    )


def replies() -> list[str]:
    return list(Answer.objects.exclude(state="WITHDRAWN").order_by("id").values_list("text", flat=True))


@pytest.mark.strategy("A8")
def test_a_corrected_answer_says_what_was_wrong_and_reaches_everyone_who_got_the_first(crisis):
    question = answered(crisis, NORWEGIAN, ENGLISH, others={"en": BOIL})
    send_all(crisis.at + timedelta(hours=1))
    five = SharedAnswer(BOIL.question, BOIL.answer.replace("three", "five"))

    correct(crisis, question, others={"en": five}, told={"nb": WRONG, "en": "Five minutes, not three."})
    sent = [send(crisis, question), send(crisis, question)]
    send_all(crisis.at + timedelta(hours=2))

    assert sent == [2, 0] and audited("crisis.answer.corrected") == 1
    norwegian = f"Rettet kl. 10.20. {WRONG}\n\n{FIVE}"
    assert replies() == [
        ANSWER,
        BOIL.answer,
        norwegian,
        f"Corrected at 10.20. Five minutes, not three.\n\n{five.answer}",
    ]
    assert OutboxAct.objects.filter(subject_kind="inbox.answer", state="CONFIRMED").count() == 4
    assert FIVE in page("/status/") and WRONG in page("/status/") and "10:20" in page("/status/")
    assert ANSWER not in page("/status/") and "Five minutes, not three." in page("/en/status/")
    told = [item for item in recording.snapshot_of(question.incident, at=crisis.at).items if len(item.versions) == 2]
    assert [ANSWER in told[0].versions[0].text, WRONG in told[0].versions[1].text] == [True, True]
    assert queries.after_action(question.incident, at=crisis.at).corrections == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        AnswerVersion.objects.filter(number=1).update(texts={})


def test_whoever_has_no_answer_yet_gets_the_newest_only(crisis):
    question = answered(crisis, NORWEGIAN)
    ask(crisis, "Kan vi drikke vatnet?")
    group(crisis, question.incident)

    correct(crisis, question)
    send(crisis, question)

    # The first still waited in the outbox: it is taken back, and nothing that is wrong leaves the house.
    assert replies() == [FIVE, FIVE] and not CorrectedReply.objects.exists()
    assert Answer.objects.filter(state=AnswerState.WITHDRAWN, text=ANSWER).count() == 1
    assert {one.version.number for one in Asked.objects.all()} == {2}


def test_what_is_on_its_way_while_it_is_corrected_goes_and_is_corrected_after(crisis):
    question = answered(crisis, NORWEGIAN)
    OutboxAct.objects.update(state="SENDING")
    Answer.objects.update(state=AnswerState.SENDING)

    correct(crisis, question)
    send(crisis, question)

    assert [text.endswith(said) for text, said in zip(replies(), (ANSWER, FIVE), strict=True)] == [True, True]


def test_whom_the_first_never_reached_gets_the_newest_alone_and_whom_a_colleague_took_back_gets_nothing(crisis):
    question = answered(crisis, NORWEGIAN, ENGLISH)
    failed, taken = Answer.objects.order_by("id")
    OutboxAct.objects.filter(public_id=failed.act_id).update(state="FAILED")
    Answer.objects.filter(pk=failed.pk).update(state=AnswerState.FAILED)
    inbox.withdraw_answer(answer_id=taken.public_id, by=crisis.deputy, at=crisis.at)

    correct(crisis, question)
    send(crisis, question)

    # Nobody can try the wrong one again, and no colleague's answer is followed by the correction of another.
    assert replies() == [FIVE] and correcting.lacking(Question.objects.get()).count() == 0
    assert Answer.objects.get(pk=failed.pk).state == AnswerState.WITHDRAWN


def test_a_language_that_was_right_or_is_gone_is_told_of_in_the_words_that_are_there(crisis):
    question = answered(crisis, NORWEGIAN, ENGLISH, others={"en": BOIL})
    send_all(crisis.at + timedelta(hours=1))
    ten = SharedAnswer(BOIL.question, BOIL.answer.replace("three", "ten"))

    correct(crisis, question, others={"en": ten}, told={"nb": WRONG, "en": "Ten, not three."}, tells=False)
    correct(crisis, question, text=ANSWER, others={"en": ten}, fitting={"en"}, seen_version=2)
    send(crisis, question)
    send_all(crisis.at + timedelta(hours=2))
    correct(crisis, question, text=ANSWER, told={"nb": "Den engelske teksten var feil."}, seen_version=3)
    send(crisis, question)

    english = f"Corrected at 10.20. Ten, not three.\n\n{ten.answer}"
    norwegian = f"Rettet kl. 10.20. Den engelske teksten var feil.\n\n{ANSWER}"
    assert replies() == [ANSWER, BOIL.answer, english, norwegian]


def test_of_two_corrections_only_the_newest_is_sent_with_all_that_was_wrong(crisis):
    question = answered(crisis, NORWEGIAN)
    send_all(crisis.at + timedelta(hours=1))
    correct(crisis, question)
    with pytest.raises(Stale):
        correct(crisis, question, by=crisis.house.officer)

    correct(crisis, question, text=FIVE.replace("fem", "ti"), told={"nb": "Ti er riktig."}, seen_version=2)
    send(crisis, question)

    assert WRONG in replies()[1] and "Ti er riktig." in replies()[1] and FIVE not in replies()[1]
    assert len(replies()) == 2


def test_who_is_not_told_at_once_or_not_reached_can_be_told_later(crisis):
    question = answered(crisis, NORWEGIAN, ENGLISH, others={"en": BOIL})
    send_all(crisis.at + timedelta(hours=1))
    Asked.objects.first().enquiry.thread.items.filter(is_own=False).update(
        platform_state="deleted-by-author", is_unsent=True
    )

    row = correct(crisis, question, others={"en": BOIL}, fitting={"en"}, tells=False)
    assert (send(crisis, question), correcting.lacking(row).count()) == (0, 2)
    later = {"question_id": question.public_id, "by": crisis.deputy, "at": crisis.at}
    assert [commands.send_to_more(**later), send(crisis, question)] == [2, 2]

    # The English text was right all along: that person is written to no more.
    assert len(replies()) == 2 and correcting.lacking(row).count() == 0
    assert [bool(one.problem) for one in CorrectedReply.objects.order_by("asked")] == [True, False]
    assert commands.send_to_more(**later) == 1


def test_no_language_is_left_uncorrected_and_the_same_checks_and_people_decide(crisis):
    question = answered(crisis, NORWEGIAN, others={"en": BOIL})
    crisis.seat(question.incident, crisis.house.contributor)
    five = SharedAnswer(BOIL.question, "Five minutes. Regards, Ola")

    for changes, refusal in (
        ({"told": {"nb": " "}, "others": {"en": five}}, Invalid),
        ({"others": {"en": BOIL}}, Invalid),
        ({"others": {"en": five}}, Invalid),
        ({"text": ANSWER, "others": {"en": BOIL}}, Invalid),
        ({"told": {"nb": "Ring Kari på 99 88 77 66."}}, NeedsConfirmation),
        ({"text": f"{NUMBER} Hilsen Ola", "confirmed": correcting.answering.REMARKS}, NotPassed),
        ({"by": crisis.house.contributor}, NotAllowed),
        ({"by": crisis.house.stranger}, NotFound),
    ):
        with pytest.raises(refusal):
            correct(crisis, question, **changes)
    assert AnswerVersion.objects.count() == 1 and WRONG not in page("/status/")


def test_only_an_answer_in_a_running_incident_is_corrected(crisis):
    incident = crisis.open()
    ask(crisis, NORWEGIAN)
    group(crisis, incident)
    with pytest.raises(InvalidTransition):
        correct(crisis, Question.objects.get())
    question = answer(crisis, Question.objects.get())
    commands.hide_answer(question_id=question.public_id, by=crisis.deputy, at=crisis.at)

    correct(crisis, question, shows=True)

    assert FIVE in page("/status/")
    crisis.close(incident)
    with pytest.raises(InvalidTransition):
        correct(crisis, question, text="Nei. Hilsen Ola", seen_version=2)


def test_an_exercise_practises_it_and_nothing_leaves(crisis):
    crisis.publish_site()
    incident, later = crisis.exercise(), crisis.at + timedelta(minutes=2)
    script = [Injection(1, "Kari", NORWEGIAN)]
    commands.write_script(incident_id=incident.public_id, injections=script, by=crisis.deputy, at=crisis.at)
    commands.play(incident_id=incident.public_id, at=later)
    group(crisis, incident)
    question = answer(crisis, Question.objects.get())
    send(crisis, question)

    correct(crisis, question)
    sent = [send(crisis, question), send(crisis, question)]

    assert sent == [1, 0] and CorrectedReply.objects.get().sent_at
    assert list(OutboxAct.objects.values_list("handler", flat=True)) == ["crisis.sandbox"] * 2
    assert WRONG not in page("/status/") and not Answer.objects.exists()
    assert queries.status_page(incident, "nb").answers[0].corrections[0].text == WRONG


def test_the_page_corrects_it_and_keeps_what_was_typed_when_it_is_refused(crisis, browser):
    question = answered(crisis, NORWEGIAN)
    send_all(crisis.at + timedelta(hours=1))
    client, own = browser(crisis.deputy), f"/crisis/questions/{question.public_id}/"
    typed = {"question_nb": "Kan vi drikke vannet?", "answer_nb": FIVE, "told_nb": WRONG, "tells": "on", "seen": "1"}

    pages = [client.post(f"{own}correction/", {**typed, **changes}) for changes in ({"told_nb": ""}, {"seen": "7"}, {})]

    assert [each.status_code for each in pages] == [422, 409, 303]
    assert all(FIVE in each.content.decode() for each in pages[:2])
    shown = client.get(own).content.decode()
    assert WRONG in shown and ANSWER in shown and CorrectedReply.objects.count() == 1
