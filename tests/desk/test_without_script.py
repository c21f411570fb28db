"""The main job in a browser without JavaScript: every step is a link or a form."""

import re

from django.urls import reverse

from tests.desk import scene
from torg.inbox.models import Answer
from torg.inbox.types import AnswerState


def test_the_main_job_works_without_script(house, as_person):
    client = as_person(house.administrator)
    queue = client.get(reverse("desk:queue"))
    enquiry = scene.with_text("biblioteket")
    page = reverse("desk:thread", args=[enquiry.thread.public_id])
    assert page in queue.content.decode()

    assigned = client.post(
        reverse("inbox:assignment", args=[enquiry.public_id]),
        {"to_person": house.administrator.public_id, "next": page},
    )
    noted = client.post(reverse("inbox:notes", args=[enquiry.public_id]), {"text": "Ringer biblioteket", "next": page})
    version = re.search(r'name="seen_version" value="(\d+)"', client.get(page).content.decode())[1]
    typed = {"kind": "PUBLIC_REPLY", "text": "Hei Ola! Nei, det er stengt. Hilsen Siri", "seen_version": version}
    answered = client.post(reverse("inbox:answers", args=[enquiry.public_id]), {**typed, "next": page})

    after = client.get(page).content.decode()
    assert [answer.status_code for answer in (assigned, noted, answered)] == [303, 303, 303]
    assert answered["Location"] == page
    assert "Ringer biblioteket" in after
    assert "det er stengt" in after
    assert 'data-state="PLANNED"' in after
    assert Answer.objects.get(enquiry=enquiry).state == AnswerState.PLANNED


def test_an_answer_written_on_an_older_version_is_stopped_and_kept(house, as_person, now):
    client = as_person(house.administrator)
    enquiry = scene.with_text("biblioteket")
    page = reverse("desk:thread", args=[enquiry.thread.public_id])
    seen = re.search(r'name="seen_version" value="(\d+)"', client.get(page).content.decode())[1]
    scene.again(house, enquiry.thread, "Og hva med nyttårsaften?", now)

    typed = {"kind": "PUBLIC_REPLY", "text": "Hei Ola! Nei, det er stengt. Hilsen Siri", "seen_version": seen}
    stopped = client.post(reverse("inbox:answers", args=[enquiry.public_id]), typed)

    assert stopped.status_code == 409
    assert "det er stengt" in stopped.content.decode()
    assert not Answer.objects.filter(enquiry=enquiry).exists()


def test_what_is_done_in_bulk_is_shown_before_it_is_done(house, as_person):
    client = as_person(house.administrator)
    row = client.get(reverse("desk:queue")).context["page"].rows[0].enquiry

    chosen = {"act": "ASSIGN", "to_person": house.officer.public_id, "chosen": f"{row.public_id}:{row.version}"}
    preview = client.post(reverse("inbox:bulk-preview"), chosen)
    before = type(row).objects.get(pk=row.pk).assignee
    done = client.post(reverse("inbox:bulk"), chosen)

    row.refresh_from_db()
    assert (preview.status_code, done.status_code) == (200, 303)
    assert str(house.officer.public_id) in preview.content.decode()
    assert (before, row.assignee) == (None, house.officer)


def test_the_bar_of_acts_offers_what_each_act_needs(busy, as_person):
    page = as_person(busy.administrator).get(reverse("desk:queue")).content.decode()

    assert f'<option value="{busy.officer.public_id}">' in page
    for name in ("to_person", "label_id", "until"):
        assert f'name="{name}"' in page
