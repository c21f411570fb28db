"""The end points: with and without JavaScript, wrong role, hostile input."""

import pytest
from django.urls import reverse

from torg.inbox.models import Answer, Attendance, Draft, Enquiry, KnownIssue, Note

HTMX = {"HTTP_HX_REQUEST": "true"}


def post(client, name, public_id, data=None, **extra):
    return client.post(reverse(f"inbox:{name}", args=[public_id] if public_id else []), data or {}, **extra)


def test_a_note_without_javascript_leads_back_to_the_enquiry(signed_in, house, now):
    enquiry = house.asked(now)

    answer = post(signed_in(house.administrator), "notes", enquiry.public_id, {"text": "Ring"})

    assert (answer.status_code, answer["Location"]) == (303, f"/desk/enquiries/{enquiry.public_id}/")
    assert Note.objects.get().text == "Ring"


def test_a_note_with_htmx_answers_with_the_part_and_the_new_version(signed_in, house, now):
    enquiry = house.asked(now)

    page = post(signed_in(house.administrator), "notes", enquiry.public_id, {"text": "<b>Ring</b>"}, **HTMX)

    body = page.content.decode()
    assert page.status_code == 200
    assert "&lt;b&gt;Ring" in body
    assert 'id="seen-version"' in body
    assert f'value="{enquiry.version + 1}"' in body


def test_nobody_is_led_away_from_here(signed_in, house, now):
    enquiry = house.asked(now)

    answer = post(
        signed_in(house.administrator), "notes", enquiry.public_id, {"text": "x", "next": "https://evil.example/"}
    )

    assert answer["Location"].startswith("/desk/")


def answer_data(enquiry, text="Vi åpner ti.\nHilsen Siri", **more):
    return {"kind": "PUBLIC_REPLY", "text": text, "seen_version": enquiry.version, **more}


def test_an_answer_is_sent(signed_in, house, now):
    enquiry = house.asked(now)

    page = post(signed_in(house.administrator), "answers", enquiry.public_id, answer_data(enquiry), **HTMX)

    assert page.status_code == 200
    assert Answer.objects.get().state == "PLANNED"
    assert reverse("inbox:withdrawal", args=[Answer.objects.get().public_id]) in page.content.decode()


def test_what_the_check_found_comes_back_to_be_confirmed_with_the_text_kept(signed_in, house, now):
    enquiry, client = house.asked(now), signed_in(house.administrator)
    data = answer_data(enquiry, "Vi svarer innen fredag.\nHilsen Siri")

    page = post(client, "answers", enquiry.public_id, data)

    assert page.status_code == 422
    assert 'value="promise"' in page.content.decode()
    assert "Vi svarer innen fredag." in page.content.decode()
    assert post(client, "answers", enquiry.public_id, {**data, "confirmed": ["promise"]}).status_code == 303


def test_the_collision_stop_keeps_what_was_written(signed_in, house, now):
    enquiry = house.asked(now)
    data = answer_data(enquiry)
    Enquiry.objects.filter(pk=enquiry.pk).update(version=9, changes="9:NOTE")

    page = post(signed_in(house.administrator), "answers", enquiry.public_id, data, **HTMX)

    assert page.status_code == 409
    assert "Vi åpner ti." in page.content.decode()


def test_to_a_stranger_every_enquiry_is_absent(signed_in, house, now):
    enquiry, client = house.asked(now), signed_in(house.stranger)

    for name in ("answers", "checks", "drafts", "attendance"):
        data = {**answer_data(enquiry), "version": 0, "state": "READING"}
        assert post(client, name, enquiry.public_id, data).status_code == 404, name


def test_a_leader_reads_but_does_not_act(signed_in, house, now):
    enquiry = house.asked(now)

    assert post(signed_in(house.leader), "notes", enquiry.public_id, {"text": "x"}).status_code == 403


def test_attendance_is_shown_while_it_lasts(signed_in, house, now):
    enquiry = house.asked(now)

    page = post(signed_in(house.administrator), "attendance", enquiry.public_id, {"state": "WRITING"})

    assert page.status_code == 204
    assert Attendance.objects.get().state == "WRITING"


def test_a_draft_answers_with_its_version(signed_in, house, now):
    enquiry = house.asked(now)
    data = {"kind": "PUBLIC_REPLY", "text": "Vi", "version": 0}

    page = post(signed_in(house.administrator), "drafts", enquiry.public_id, data, **HTMX)

    assert 'value="1"' in page.content.decode()
    assert Draft.objects.get().text == "Vi"


def test_the_check_says_what_it_found(signed_in, house, now):
    enquiry = house.asked(now)
    data = {"kind": "PUBLIC_REPLY", "text": "Ring 412 34 567"}

    page = post(signed_in(house.administrator), "checks", enquiry.public_id, data)

    assert "412 34 567" in page.content.decode()


@pytest.mark.parametrize("text", ["\x00", "a" * 30_000, ""])
def test_a_text_that_cannot_be_is_refused(signed_in, house, now, text):
    enquiry = house.asked(now)

    page = post(signed_in(house.administrator), "answers", enquiry.public_id, answer_data(enquiry, text))

    assert page.status_code == 422
    assert not Answer.objects.exists()


def test_many_are_previewed_then_done(signed_in, house, now):
    first, second = house.asked(now), house.asked(now)
    client = signed_in(house.administrator)
    chosen = [f"{each.public_id}:{each.version}" for each in (first, second)]
    data = {"act": "CLOSE", "chosen": chosen, "because": "NO_ANSWER_NEEDED"}

    preview = post(client, "bulk-preview", None, data)
    assert (preview.status_code, Enquiry.objects.filter(state="OPEN").count()) == (200, 2)
    post(client, "bulk", None, data)

    assert Enquiry.objects.filter(state="CLOSED").count() == 2


def test_a_known_issue_is_previewed_then_answers_many(signed_in, house, now):
    first, other = house.asked(now, "Vannet er borte i Storgata!"), house.asked(now, "Når åpner svømmehallen?")
    house.indexed(first), house.indexed(other)
    client = signed_in(house.administrator)
    data = {
        "presence": house.presence.public_id,
        "title": "Vannet er borte",
        "words": "Storgata",
        "answer_text": "Vi reparerer ledningen.\nHilsen Siri",
    }
    preview = post(client, "known-issues", None, data).content.decode()
    assert str(first.public_id) in preview and str(other.public_id) not in preview

    issue = KnownIssue.objects.get()
    post(client, "known-issue-answers", issue.public_id, {"chosen": [f"{first.public_id}:{first.version}"]})

    assert [answer.enquiry for answer in Answer.objects.all()] == [first]


def test_the_procedure_card_is_shown_at_danger(signed_in, house, now, on_duty):
    enquiry = house.asked(now, "Jeg orker ikke mer", is_danger=True)
    alarm = enquiry.alarms.get()

    page = post(signed_in(house.administrator), "alarm", alarm.public_id, **HTMX)

    assert "116 123" in page.content.decode()
    alarm.refresh_from_db()
    assert alarm.acknowledged_by == house.administrator


def test_every_handling_end_point_works(signed_in, house, now):
    enquiry, client = house.asked(now), signed_in(house.administrator)
    acts = [
        ("assignment", {"to_person": house.case_officer.public_id}),
        ("snooze", {"until": "2026-03-10T10:30"}),
        ("reopening", {}),
        ("move", {"to_unit": house.other_unit.public_id, "note": "Deres"}),
        ("promises", {"on": "2026-03-13"}),
        (
            "forwardings",
            {
                "kind": "CLAIM",
                "to_unit": house.unit.public_id,
                "question": "Stemmer det?",
                "follow_up_at": "2026-03-12T10:00",
            },
        ),
        ("offline-answers", {"means": "PHONE", "text": "Ringt"}),
        ("closure", {"because": "ANSWERED"}),
        ("reopening", {}),
        ("question", {}),
    ]
    for name, data in acts:
        page = post(client, name, enquiry.public_id, data, **HTMX)
        assert page.status_code == 200, (name, page.content.decode()[:2000])
