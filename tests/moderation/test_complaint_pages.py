"""The pages of a complaint: behind the author's link, and for those who decide."""

import pytest
from django.urls import reverse

from tests.inbox.conftest import person
from tests.moderation.test_complaints import complained, complaint, decided, leader, secret
from torg.config.root import loggable
from torg.moderation import commands, telling
from torg.moderation.forms import VerdictForm
from torg.moderation.models import Complaint, Decision
from torg.moderation.words import Measure, Step

__all__ = ["complaint", "decided", "leader", "secret"]


@pytest.fixture
def link(secret, now):
    return reverse("complaints:link", args=[secret])


def test_the_author_reads_what_was_decided_and_complains(client, link):
    shown = client.get(link)
    answer = client.post(link, {"text": "Jeg er uenig.", "email": ""})

    assert shown.status_code == 200 and b"<form" in shown.content
    assert answer.status_code == 303
    assert Complaint.objects.get().messages.get().text == "Jeg er uenig."


def test_where_the_notice_had_to_be_short_the_link_tells_the_reasons_in_full(decided):
    decided, _secret = decided()
    notice = decided.notice
    assert telling.reasons_in_full(notice) == ""

    notice.text = "Kort."
    whole = telling.reasons_in_full(notice)
    notice.decision.case.item.version_count += 1

    passage = decided.case.item.text[decided.target.passage.start : decided.target.passage.end]
    assert decided.wording_when_posted in whole and passage in whole
    assert passage not in telling.reasons_in_full(notice)


def test_the_secret_is_kept_by_no_cache_sent_to_no_other_page_and_stands_in_no_log(client, link):
    answer = client.get(link)

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert loggable(link) == "/klage/…"


def test_a_wrong_link_is_not_found(client, db):
    assert client.get(reverse("complaints:link", args=["feil"])).status_code == 404


def test_an_empty_complaint_is_shown_again(client, link):
    assert client.post(link, {"text": " "}).status_code == 422


def test_hostile_text_is_shown_as_text(client, link, secret, at):
    complained(secret, at, "<script>alert(1)</script>")

    assert b"<script>alert" not in client.get(link).content


def test_the_names_of_colleagues_stay_inside(client, link, complaint, leader, signed_in):
    inside = signed_in(leader)
    inside.post(reverse("moderation:complaint-messages", args=[complaint.public_id]), {"text": "Hva mente du?"})
    client.logout()

    page = client.get(link).content.decode()

    assert "Hva mente du?" in page and leader.name not in page


def test_the_leader_decides_on_the_page(signed_in, complaint, leader, now):
    page = reverse("moderation:complaint", args=[complaint.public_id])
    verdict = {"outcome": "REJECTED", "reasons": "Det var et personangrep.", "is_impartial": "on"}
    browser = signed_in(leader)

    shown = browser.get(page)
    answer = browser.post(reverse("moderation:complaint-verdict", args=[complaint.public_id]), verdict)

    complaint.refresh_from_db()
    assert shown.status_code == 200 and answer.status_code == 303
    assert complaint.state == "DECIDED"


def test_those_who_decided_are_shown_no_form_to_decide(signed_in, complaint, room, now):
    page = signed_in(room.house.officer).get(reverse("moderation:complaint", args=[complaint.public_id]))

    assert reverse("moderation:complaint-verdict", args=[complaint.public_id]).encode() not in page.content


def test_a_complaint_out_of_sight_is_not_found(signed_in, complaint, room, now):
    page = signed_in(room.house.administrator).get(reverse("moderation:complaint", args=[complaint.public_id]))

    assert page.status_code == 404


def test_the_list_asks_few_questions(signed_in, complaint, leader, now, django_assert_max_num_queries):
    browser = signed_in(leader)
    browser.get(reverse("moderation:complaints"))

    with django_assert_max_num_queries(12):
        assert browser.get(reverse("moderation:complaints")).status_code == 200


def test_whoever_decides_reads_the_text_itself_and_a_guest_is_not_led_to_the_case(
    signed_in, complaint, leader, room, now
):
    guest = person("Gry Gjest", None, None, room.house.unit)
    page = reverse("moderation:complaint", args=[complaint.public_id])
    case = reverse("desk:case", args=[complaint.decision.case.public_id]).encode()
    commands.assign_complaint(complaint_id=complaint.public_id, person_id=guest.public_id, by=leader, at=room.at)

    for reader, sees_case in ((leader, True), (guest, False)):
        shown = signed_in(reader).get(page).content

        assert complaint.decision.case.item.masked_text.encode() in shown
        assert (case in shown) is sees_case


def test_no_answer_is_suggested_to_whoever_decides_and_only_what_can_be_given_back_is_asked():
    deleted = VerdictForm(decision=Decision(measure=Measure.DELETE))
    hidden = VerdictForm(decision=Decision(measure=Measure.HIDE, sanction=Step.WARNING))

    assert deleted["outcome"].value() is None
    assert {"shows_again", "lifts_sanction"} & set(deleted.fields) == set()
    assert {"shows_again", "lifts_sanction"} <= set(hidden.fields)


def test_whoever_has_complained_is_asked_for_a_message_and_not_again_for_what_was_wrong(client, complaint, link):
    answer = client.post(link, {"text": "Og så dette."})

    assert answer.status_code == 303 and complaint.messages.count() == 2
    assert "email" not in client.get(link).context["form"].fields
