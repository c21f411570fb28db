"""Merging by choosing from a list, and taking an assignment back."""

from datetime import timedelta

from django.urls import reverse

from tests.inbox.test_pages import HTMX, post
from torg.dialogue.models import Thread
from torg.inbox import queries
from torg.inbox.models import Enquiry

SOON = timedelta(minutes=1)


def merge_page(client, enquiry, **asked):
    return client.get(reverse("inbox:merge", args=[enquiry.public_id]), asked)


def test_the_same_authors_enquiries_come_first(house, at):
    mine, same, other = (house.asked(at + number * SOON) for number in range(3))
    Thread.objects.filter(pk=same.thread_id).update(author=mine.thread.author)

    found = [row.enquiry for row in queries.mergeable(house.officer, mine, words="", at=at + 4 * SOON)]

    assert found == [same, other]


def test_one_is_merged_into_what_one_chose_from_the_page(signed_in, house, now):
    first, second = house.asked(now), house.asked(now + SOON)
    client = signed_in(house.administrator)

    assert str(second.public_id) in merge_page(client, first).content.decode()
    assert post(client, "merge", first.public_id, {"into": str(second.public_id)}).status_code == 303
    assert Enquiry.objects.get(pk=first.pk).merged_into == second


def test_words_that_nobody_wrote_find_nothing(signed_in, house, now):
    first, second = house.asked(now), house.asked(now + SOON)

    page = merge_page(signed_in(house.administrator), first, text="brannstasjon")

    assert str(second.public_id) not in page.content.decode()


def test_who_may_not_see_it_chooses_nothing(signed_in, house, now):
    enquiry = house.asked(now)

    assert merge_page(signed_in(house.stranger), enquiry).status_code in {403, 404}


def test_an_assignment_is_taken_back_to_whoever_had_it(signed_in, house, now):
    enquiry = house.asked(now)
    client = signed_in(house.administrator)
    post(client, "assignment", enquiry.public_id, {"to_person": str(house.officer.public_id)})

    page = post(client, "assignment", enquiry.public_id, {"to_person": str(house.administrator.public_id)}, **HTMX)
    back = f"{reverse('inbox:assignment', args=[enquiry.public_id])}?to_person={house.officer.public_id}"
    assert back in page.content.decode()
    client.post(back)

    enquiry.refresh_from_db()
    assert enquiry.assignee == house.officer


def test_the_form_to_a_unit_proposes_when_to_follow_up(signed_in, house, now):
    enquiry = house.asked(now)

    page = post(signed_in(house.administrator), "assignment", enquiry.public_id, {"to_person": ""}, **HTMX)

    assert 'T12:00"' in page.content.decode()
