"""The pages of the guidance as somebody without JavaScript meets them."""

from datetime import date, timedelta

import pypdfium2
import pytest
from django.template import Context, Template
from django.urls import reverse

from tests.inbox.conftest import build_house
from tests.records.documents.pdf_checker import problems
from torg.core import clock
from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.guidance import cards, commands, content, queries
from torg.guidance.commands.texts import OwnWording
from torg.guidance.models import Acknowledgement, Completion, GuideEntry
from torg.guidance.types import ElectionKind
from torg.inbox.models import Enquiry
from torg.inbox.types import Remark
from torg.records.days import day_of


@pytest.mark.strategy("E1")
def test_the_poster_is_read_and_confirmed_and_says_that_nobody_watches(browser, colleague):
    page = browser(colleague)

    shown = page.get(reverse("guidance:poster")).content.decode()
    first = page.post(reverse("guidance:acknowledge"))
    second = page.post(reverse("guidance:acknowledge"))

    assert content.poster().freedom.nb[:40] in shown
    assert (first.status_code, second.status_code) == (303, 409)
    assert Acknowledgement.objects.get().person == colleague


@pytest.mark.strategy("E1")
def test_the_poster_as_pdf_is_accessible_and_the_same_each_time(browser, colleague):
    page = browser(colleague)
    first, second = (page.get(reverse("guidance:printed")).content for _time in range(2))

    assert problems(first) == []
    text = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(first))
    assert all(point.title.nb.split()[0] in text for point in content.poster().points)
    assert first == second


@pytest.mark.strategy("E1")
def test_a_quiz_is_taken_by_plain_forms_with_each_answer_explained(browser, colleague):
    page, course = browser(colleague), content.courses()["everyone"]
    address = reverse("guidance:quiz", args=[course.id])
    shown = page.get(address)
    for question in course.questions:
        wrong = next(option for option in question.options if not option.is_right)
        form = {"progress": shown.context["sealed"], "question": question.id, "option": wrong.id}
        explained = page.post(address, form)
        assert wrong.why.nb in explained.content.decode()
        shown = page.post(address, {"progress": explained.context["sealed"]})

    done = page.post(reverse("guidance:complete", args=[course.id]), {"progress": shown.context["sealed"]})

    assert done.status_code == 303
    assert Completion.objects.get().course == course.id


def test_a_quiz_without_an_answer_or_tampered_with_is_refused_with_a_reason(browser, colleague):
    page, address = browser(colleague), reverse("guidance:quiz", args=["everyone"])
    sealed = page.get(address).context["sealed"]

    assert page.post(address, {"progress": sealed, "question": "case"}).status_code == 422
    assert page.post(address, {"progress": sealed, "question": "case", "option": "z"}).status_code == 422
    assert page.post(address, {"progress": sealed, "question": "pupils", "option": "a"}).status_code == 422
    assert page.post(address, {"progress": "x", "question": "case", "option": "a"}).status_code == 422
    assert page.get(reverse("guidance:quiz", args=["none"])).status_code == 404


def test_a_question_goes_all_the_way_into_the_guide_by_plain_forms(browser, colleague, officer):
    page = browser(colleague)
    asked = page.post(reverse("guidance:advice"), {"topic": "CASES", "text": "Hva sier vi om byggesaker?"})
    assert page.get(asked.url).status_code == 200
    assert page.get(reverse("guidance:queue")).status_code == 403

    page = browser(officer)
    page.post(f"{asked.url}taking/")
    assert page.post(f"{asked.url}answers/", {"text": " "}).status_code == 422
    page.post(f"{asked.url}answers/", {"text": "Si hvor lang tid de pleier å ta."})
    form = page.get(f"{asked.url}entry/").context["form"]
    entry = {**form.initial, "title": "Hva sier vi om byggesaker?"}
    assert page.post(f"{asked.url}entry/", {**entry, "body": "Spør Kine Kino."}).status_code == 422
    made = page.post(f"{asked.url}entry/", entry)

    assert GuideEntry.objects.get().title in page.get(made.url).content.decode()
    assert GuideEntry.objects.get().title in page.get(reverse("guidance:guide") + "?text=byggesak").content.decode()
    routine = reverse("guidance:routine")
    assert page.post(routine, {"first_month": "3", "least_people": "4"}).status_code == 422
    assert page.post(routine, {"first_month": "3", "least_people": "6"}).status_code == 303
    for name in ("rules", "figures", "courses", "texts"):
        assert page.get(reverse(f"guidance:{name}")).status_code == 200


def test_an_election_is_registered_shown_while_its_rules_hold_and_taken_out(browser, officer, colleague):
    today = day_of(clock.now())
    form = {"kind": "LOCAL", "from_on": today, "voting_on": today + timedelta(days=20)}
    page = browser(officer)

    page.post(reverse("guidance:elections"), form)
    assert page.post(reverse("guidance:elections"), form).status_code == 422
    election = queries.election_now(today)
    assert page.get(reverse("guidance:rules")).context["now"] == election
    assert browser(colleague).post(reverse("guidance:elections"), form).status_code == 403
    browser(officer).post(reverse("guidance:withdraw-election", args=[election.public_id]))

    assert queries.election_now(today) is None


def test_the_rules_before_an_election_hold_from_their_day_to_the_day_of_voting(officer, colleague, at):
    days = {"from_on": date(2026, 8, 10), "voting_on": date(2026, 9, 14)}
    commands.add_election(kind=ElectionKind.LOCAL, **days, by=officer, at=at)

    holds = [queries.election_now(day) is not None for day in (date(2026, 8, 9), *days.values(), date(2026, 9, 15))]

    assert holds == [False, True, True, False]
    for wrong in ({**days, "from_on": date(2026, 9, 15)}, {"from_on": at.date(), "voting_on": date(2026, 3, 9)}, days):
        with pytest.raises(Invalid):
            commands.add_election(kind=ElectionKind.LOCAL, **wrong, by=officer, at=at)
    with pytest.raises(NotAllowed):
        commands.add_election(kind=ElectionKind.REFERENDUM, **days, by=colleague, at=at)
    with pytest.raises(NotFound):
        commands.withdraw_election(election_id=colleague.public_id, by=officer, at=at)


def word_of_our_own(officer, at):
    own = OwnWording("point-read-by-all", "nb", "Alle ser det", "Også du.")
    commands.word_text(own=own, from_on=day_of(at), by=officer, at=at)


@pytest.mark.strategy("E1")
def test_the_help_card_puts_first_what_concerns_the_answer(officer, at, django_assert_num_queries):
    public = cards.card(signs={"PUBLIC"}, language="nb", at=at)
    case = cards.card(signs={"PRIVATE", "CASE"}, language="nn", at=at)

    word_of_our_own(officer, at)
    days = {"from_on": date(2026, 3, 1), "voting_on": date(2026, 3, 20)}
    commands.add_election(kind=ElectionKind.LOCAL, **days, by=officer, at=at)
    with django_assert_num_queries(1):
        later = cards.card(signs={"PUBLIC"}, language="nb", at=at)

    points = {point.id: point for point in content.poster().points}
    assert (later.points[0].title, later.voting_on) == ("Alle ser det", date(2026, 3, 20))
    assert public.points[0].title == points["read-by-all"].title.nb
    near = {point.title for point in case.points if point.is_near}
    assert near == {points["no-cases"].title.nn, points["contact"].title.nn}
    assert points["ask"].title.nn in {point.title for point in case.points}
    assert public.election == ""


def test_the_card_stands_on_the_answer_form_and_hears_what_was_remarked(db, at):
    house = build_house()
    item = house.item(house.thread(at=at), at)
    house.takes_in(item)
    enquiry = Enquiry.objects.get(thread=item.thread)

    tag = Template("{% load inbox %}{% help_card enquiry at remarks=remarks %}")
    plain = tag.render(Context({"enquiry": enquiry, "at": at, "remarks": None}))
    remarked = tag.render(Context({"enquiry": enquiry, "at": at, "remarks": [Remark("case_handling", "")]}))

    title = content.poster().points[3].title.nb
    assert title not in plain
    assert title in remarked
