"""What many ask is answered once, and everyone who asked gets the answer, each once."""

import re
from datetime import timedelta

import pytest

from tests import factories
from tests.crisis.conftest import send_all
from tests.crisis.test_incidents import page
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.crisis import answering, asking, commands, queries, recording, speaking
from torg.crisis.models import Asked, Question
from torg.crisis.types import QuestionState, Rebuttal, SharedAnswer
from torg.detectors.likeness import likeness, most_like
from torg.dialogue.models import Item
from torg.inbox.answering import NeedsConfirmation
from torg.inbox.models import Answer
from torg.outbox.models import OutboxAct
from torg.publishing.policies import NotPassed
from torg.registry.models import Details

pytestmark = pytest.mark.django_db
ANSWER = "Ja, når du har kokt det i tre minutter. Hilsen Ola"

ALIKE = [
    ("Er vannet trygt å drikke?", "Kan vi drikke vatnet?"),
    ("Kan vi drikke vannet i springen nå?", "Is the water safe to drink?"),
    ("Må vi koke vannet?", "Må vatnet kokast?"),
    ("Er skolen stengt i morgen?", "Er skulen stengd i morgon?"),
    ("Når kommer strømmen tilbake?", "Kor tid kjem straumen tilbake?"),
    ("Når åpner veien over fjellet?", "Er vegen over fjellet open?"),
]
APART = [
    ("Når åpner veien over fjellet?", "Når åpner biblioteket?"),
    ("Hvor kan vi hente vann?", "Må vi koke vannet?"),
    ("Er skolen stengt?", "Er barnehagen stengt?"),
    ("Når kommer strømmen?", "Kan vi drikke vannet?"),
    ("", "Hva?"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=[one for one, _other in ALIKE])
def test_the_same_question_is_known_in_every_form(one, other):
    assert most_like(one, [(7, "Når åpner biblioteket?"), (8, other)]) == 8
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(("one", "other"), APART, ids=[one or "empty" for one, _other in APART])
def test_different_questions_stay_apart(one, other):
    assert most_like(one, [(7, other)]) is None


def ask(crisis, *texts: str, **assessed):
    return [crisis.house.asked(crisis.at + timedelta(minutes=1), text, **assessed) for text in texts]


def group(crisis, incident) -> int:
    return commands.group_questions(incident_id=incident.public_id, at=crisis.at + timedelta(minutes=2))


def answer(crisis, question, *, text=ANSWER, others=None, by=None, **changes):
    texts = {"nb": SharedAnswer("Kan vi drikke vannet?", text), **(others or {})}
    told = {"texts": texts, "by": by or crisis.deputy}
    return commands.answer_question(
        question_id=question.public_id, at=crisis.at + timedelta(minutes=3), **{**told, **changes}
    )


def send(crisis, question) -> int:
    return commands.send_answers(question_id=question.public_id, at=crisis.at + timedelta(minutes=4))


@pytest.mark.strategy("A8")
def test_one_answer_reaches_everyone_who_asked_once(crisis):
    incident = crisis.open()
    ask(crisis, "Er vannet trygt å drikke?", "Kan vi drikke vatnet?", "Når åpner biblioteket?")
    assert group(crisis, incident) == 3 and group(crisis, incident) == 0
    question = Question.objects.get(wording__startswith="Er vannet")

    answer(crisis, question)
    assert [send(crisis, question), send(crisis, question)] == [2, 0]

    assert Answer.objects.filter(text=ANSWER).count() == 2
    send_all(crisis.at + timedelta(hours=1))
    assert OutboxAct.objects.filter(subject_kind="inbox.answer", state="CONFIRMED").count() == 2
    assert ANSWER in page("/status/")
    told = queries.after_action(incident, at=crisis.at)
    assert (told.asked, told.questions, told.answered, told.answered_people) == (3, 2, 1, 2)
    assert told.median_answer_after == timedelta(minutes=3)


NORWEGIAN, ENGLISH = "Er vannet trygt å drikke?", "Is the water safe to drink?"


def test_each_is_answered_in_the_language_they_asked_in_and_else_in_that_of_the_page(crisis):
    incident = crisis.open()
    first, second = ask(crisis, NORWEGIAN, ENGLISH)
    group(crisis, incident)
    first.__class__.objects.filter(pk=first.pk).update(language="nb")
    first.__class__.objects.filter(pk=second.pk).update(language="en")
    others = {"en": SharedAnswer("Can we drink the water?", "Yes, when you have boiled it. Regards, Ola")}
    question = answer(crisis, Question.objects.get(), others=others)
    send(crisis, question)

    said = dict(Answer.objects.values_list("enquiry", "text"))

    assert said == {first.pk: ANSWER, second.pk: others["en"].answer}
    assert others["en"].answer in page("/en/status/") and ANSWER not in page("/en/status/")
    assert ANSWER in page("/nn/status/")
    hidden = {"question_id": question.public_id, "at": crisis.at}
    with pytest.raises(NotAllowed):
        commands.hide_answer(by=crisis.house.contributor, **hidden)
    commands.hide_answer(by=crisis.deputy, **hidden)
    assert ANSWER not in page("/nn/status/")
    with pytest.raises(InvalidTransition):
        commands.hide_answer(by=crisis.deputy, **hidden)
    thread = first.thread
    assert speaking.language_for(thread, "unsure", said=question.answer.texts, main="nb") == "nb"
    Details.objects.create(presence=thread.connection.presence, scope_id=thread.scope_id, languages=["en"])
    assert speaking.language_for(thread, "sme", said=question.answer.texts, main="nb") == "en"


# The number that the tests of the check use; nobody has it.
NUMBER = "Fødselsnummeret er 13097248022."


def test_no_language_of_an_answer_goes_past_the_checks(crisis):
    incident = crisis.open()
    ask(crisis, NORWEGIAN)
    group(crisis, incident)
    question = Question.objects.get()

    for others, refusal in (
        ({"en": SharedAnswer("Safe?", "")}, Invalid),
        ({"en": SharedAnswer("Safe?", "Call Kari on 99 88 77 66. Regards")}, NeedsConfirmation),
    ):
        with pytest.raises(refusal):
            answer(crisis, question, others=others)
    with pytest.raises(NotPassed):
        answer(crisis, question, others={"en": SharedAnswer(NUMBER, "Yes. Regards")}, confirmed=answering.REMARKS)
    assert Question.objects.get().answer is None and "Safe?" not in page("/en/status/")


def test_what_may_be_danger_or_is_sensitive_gets_no_common_answer(crisis):
    incident = crisis.open()
    ask(crisis, "Hjelp, huset raser?", is_danger=True)
    ask(crisis, "Min diagnose er, kan jeg drikke vannet?", is_sensitive=True)
    ask(crisis, "Så fint vær!", is_question=False)

    assert group(crisis, incident) == 0


def test_what_somebody_asked_is_read_only_by_those_who_may_read_their_page(crisis):
    incident = crisis.open()
    ask(crisis, "Er vannet trygt å drikke?", "Kan vi drikke vatnet?")
    group(crisis, incident)
    elsewhere = factories.presence("Lukket gruppe", at=crisis.at, kind="SECRET_GROUP")
    Item.objects.filter(masked_text="Kan vi drikke vatnet?").update(scope_id=elsewhere.scope_id)
    own = factories.administrator(crisis.house.presence, at=crisis.at)
    rows = Question.objects.get().asked.order_by("id")

    def read_by(person) -> list[str | None]:
        return [one.said for one in asking.with_words(rows, incident, seen_by=person, at=crisis.at)]

    assert read_by(own) == ["Er vannet trygt å drikke?", None]
    assert read_by(crisis.house.officer) == ["Er vannet trygt å drikke?", "Kan vi drikke vatnet?"]


def test_answering_twice_is_refused_and_new_askers_wait_for_a_person(crisis):
    incident = crisis.open()
    ask(crisis, "Er vannet trygt å drikke?")
    group(crisis, incident)
    question = answer(crisis, Question.objects.get())
    send(crisis, question)
    ask(crisis, "Kan vi drikke vatnet?")
    group(crisis, incident)

    with pytest.raises(InvalidTransition):
        answer(crisis, question)
    assert Asked.objects.filter(answered_at=None).count() == 1
    more = commands.send_to_more(question_id=question.public_id, by=crisis.deputy, at=crisis.at)
    assert (more, send(crisis, question)) == (1, 1)


def test_one_who_cannot_be_reached_stops_nobody_else(crisis):
    incident = crisis.open()
    first, second = ask(crisis, "Er vannet trygt å drikke?", "Kan vi drikke vatnet?")
    group(crisis, incident)
    first.thread.items.update(platform_state="deleted-by-author", is_unsent=True)
    question = answer(crisis, Question.objects.get())

    send(crisis, question)

    by_enquiry = {row.enquiry_id: row for row in Asked.objects.all()}
    assert by_enquiry[first.pk].problem and not by_enquiry[first.pk].answered_at
    assert by_enquiry[second.pk].reply_id


def test_the_check_of_language_asks_before_many_get_it(crisis):
    incident = crisis.open()
    ask(crisis, "Er vannet trygt å drikke?")
    group(crisis, incident)

    with pytest.raises(Invalid):
        answer(crisis, Question.objects.get(), text="Ring Kari på 99 88 77 66.")
    assert answer(crisis, Question.objects.get(), text="Ring 99 88 77 66.", confirmed=answering.REMARKS).pk


def test_only_those_named_answer_for_all(crisis):
    incident = crisis.open()
    ask(crisis, "Er vannet trygt å drikke?")
    group(crisis, incident)
    crisis.seat(incident, crisis.house.contributor)

    with pytest.raises(NotAllowed):
        answer(crisis, Question.objects.get(), by=crisis.house.contributor)


def test_what_was_put_together_wrongly_can_be_taken_apart(crisis):
    incident = crisis.open()
    ask(crisis, "Er vannet trygt å drikke?", "Kan hunden drikke vannet?")
    group(crisis, incident)
    row = Asked.objects.latest("pk")
    by = {"by": crisis.house.officer, "at": crisis.at}

    alone = commands.move_asked(asked_id=row.public_id, to_question=None, **by)
    aside = commands.set_aside(question_id=alone.public_id, **by)

    assert aside.state == QuestionState.SET_ASIDE and aside.asked.count() == 1
    with pytest.raises(InvalidTransition):
        commands.set_aside(question_id=alone.public_id, **by)


def test_rumours_and_other_sources_stand_on_the_page_until_they_are_taken_away(crisis):
    incident, by = crisis.open(), {"by": crisis.deputy, "at": crisis.at}
    texts = {
        "nb": Rebuttal("Vannet er giftig", "Det er bakterier."),
        "en": Rebuttal("The water is poisoned", "There are bacteria in it."),
        "nn": Rebuttal(" ", ""),
    }
    rumour = commands.correct_rumour(incident_id=incident.public_id, texts=texts, **by)
    source = commands.add_source(
        incident_id=incident.public_id, name="Mattilsynet", address="https://tilsyn.example/", **by
    )
    assert "Vannet er giftig" in page("/status/") and "tilsyn.example" in page("/status/")
    assert "poisoned" in page("/en/status/") and "giftig" not in page("/en/status/")
    assert "giftig" in page("/nn/status/") and 'lang="nb"' in page("/nn/status/")
    told = [item.versions[0].text for item in recording.snapshot_of(incident, at=crisis.at).items]
    assert any("giftig" in text and "poisoned" in text for text in told)

    commands.end_rumour(rumour_id=rumour.public_id, **by)
    commands.end_source(source_id=source.public_id, **by)

    assert "giftig" not in page("/status/") and "tilsyn.example" not in page("/status/")
    for wrong in ({"en": Rebuttal("a", "b")}, {**texts, "nn": Rebuttal("Vatnet", "")}, {"nb": Rebuttal("1", NUMBER)}):
        with pytest.raises(Invalid):
            commands.correct_rumour(incident_id=incident.public_id, texts=wrong, **by)
    with pytest.raises(Invalid):
        commands.add_source(incident_id=incident.public_id, name="x", address="javascript:alert(1)", **by)


def test_what_is_wrong_is_taken_off_the_page_after_it_is_over_too_and_nothing_is_added(crisis, browser):
    incident, by = crisis.open(), {"by": crisis.deputy, "at": crisis.at}
    ask(crisis, NORWEGIAN)
    group(crisis, incident)
    question = answer(crisis, Question.objects.get())
    texts, others = (
        {"nb": Rebuttal("Vannet er giftig", "Nei.")},
        {"name": "Mattilsynet", "address": "https://a.example/"},
    )
    commands.correct_rumour(incident_id=incident.public_id, texts=texts, **by)
    commands.add_source(incident_id=incident.public_id, **others, **by)
    crisis.close(incident)
    client = browser(crisis.deputy)
    pages = [f"/crisis/questions/{question.public_id}/", f"/crisis/{incident.public_id}/status/"]

    offered = "".join(client.get(own).content.decode() for own in pages)
    for act in re.findall(r'action="([^"]+/(?:hiding|end)/)"', offered):
        client.post(act)

    assert not any(text in page("/status/") for text in (ANSWER, "giftig", "a.example"))
    assert "correction/" not in offered and 'name="address"' not in offered
    with pytest.raises(InvalidTransition):
        commands.correct_rumour(incident_id=incident.public_id, texts=texts, **by)
