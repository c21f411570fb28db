"""Enquiries over the API: what the screens show, with masks on, within the token's reach; the same commands."""

import base64

import pytest

from tests import factories
from torg.audit.models import AuditEvent
from torg.core import clock
from torg.inbox.models import Answer, Enquiry, Note
from torg.people.types import Permission

pytestmark = pytest.mark.django_db
READ, HANDLE, ANSWER = Permission.READ, Permission.HANDLE, Permission.ANSWER


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def enquiry(house, now):
    return house.asked(now, "Når åpner biblioteket?")


def post(client, address, body, header):
    return client.post(f"/api/v1/enquiries/{address}", body, content_type="application/json", **header)


def test_the_queue_tells_what_the_screens_show(client, house, enquiry, token_for):
    answer = client.get("/api/v1/enquiries", **token_for(house.officer, READ))

    [told] = answer.json()["enquiries"]
    assert told["id"] == str(enquiry.public_id)
    assert told["newest_text"] == "Når åpner biblioteket?"
    assert told["page"] == "Storvik kommune"


def test_the_queue_is_paged_by_key(client, house, now, token_for):
    for _number in range(53):
        house.asked(now)
    header = token_for(house.officer, READ)

    first = client.get("/api/v1/enquiries", **header).json()
    second = client.get("/api/v1/enquiries", {"after": first["after"]}, **header).json()

    assert (len(first["enquiries"]), len(second["enquiries"])) == (50, 3)
    assert second["after"] == ""


def test_a_key_that_is_none_is_refused(client, house, token_for):
    answer = client.get("/api/v1/enquiries", {"after": "made up"}, **token_for(house.officer, READ))

    assert answer.status_code == 422


def test_masked_text_stays_masked(client, house, enquiry, token_for):
    item = enquiry.thread.items.get()
    item.text, item.masked_text = "Ring 01017012345", "Ring ███████████"
    item.save()

    answer = client.get(f"/api/v1/enquiries/{enquiry.public_id}", **token_for(house.officer, READ))

    assert "01017012345" not in answer.content.decode()
    assert answer.json()["items"][0]["text"] == "Ring ███████████"


def test_a_token_for_another_page_finds_nothing_here(client, house, enquiry, now, token_for):
    other = factories.presence("Kinoen", at=now)
    header = token_for(house.officer, READ, HANDLE, scopes=[other.scope])

    assert client.get("/api/v1/enquiries", **header).json()["enquiries"] == []
    assert client.get(f"/api/v1/enquiries/{enquiry.public_id}", **header).status_code == 404
    assert post(client, f"{enquiry.public_id}/notes", {"text": "Hei"}, header).status_code == 404


def test_a_token_that_may_only_read_cannot_act(client, house, enquiry, token_for):
    answer = post(client, f"{enquiry.public_id}/notes", {"text": "Hei"}, token_for(house.officer, READ))

    assert answer.status_code == 403
    assert not Note.objects.exists()


def test_a_note_is_written_and_both_traces_are_left(client, house, enquiry, token_for):
    answer = post(client, f"{enquiry.public_id}/notes", {"text": "Ringt."}, token_for(house.officer, READ, HANDLE))

    assert answer.status_code == 201
    assert Note.objects.get().written_by == house.officer
    assert AuditEvent.objects.filter(name="api.integration.acted", facts__operation="add_note").exists()


def test_an_answer_is_planned_and_can_be_followed(client, house, enquiry, token_for):
    body = {
        "kind": "PUBLIC_REPLY",
        "text": "Hei! Vi åpner klokka ti. Hilsen Ola, Storvik kommune",
        "seen_version": Enquiry.objects.get().version,
    }

    answer = post(client, f"{enquiry.public_id}/answers", body, token_for(house.officer, READ, ANSWER))

    assert answer.status_code == 202, answer.json()
    assert answer.json()["state"] == "PLANNED"
    assert Answer.objects.get().written_by == house.officer


def test_an_answer_to_something_that_has_changed_is_stopped(client, house, enquiry, token_for):
    body = {"kind": "PUBLIC_REPLY", "text": "Hei! Hilsen Ola", "seen_version": enquiry.version - 1}

    answer = post(client, f"{enquiry.public_id}/answers", body, token_for(house.officer, READ, ANSWER))

    assert answer.status_code == 409
    assert not Answer.objects.exists()


def test_assigning_and_closing(client, house, enquiry, token_for):
    header = token_for(house.officer, READ, HANDLE)
    address = f"/api/v1/enquiries/{enquiry.public_id}"

    assigned = client.put(
        f"{address}/assignment", {"unit": str(house.other_unit.public_id)}, content_type="application/json", **header
    )
    closed = post(client, f"{enquiry.public_id}/closure", {"because": "NO_ANSWER_NEEDED"}, header)

    assert (assigned.status_code, closed.status_code) == (204, 204)
    enquiry.refresh_from_db()
    assert (enquiry.unit, enquiry.state) == (house.other_unit, "CLOSED")


def test_the_queue_takes_few_queries(client, house, now, token_for, django_assert_max_num_queries):
    for _number in range(30):
        house.asked(now)
    header = token_for(house.officer, READ)
    client.get("/api/v1/enquiries", **header)

    with django_assert_max_num_queries(12):
        client.get("/api/v1/enquiries", **header)


@pytest.mark.parametrize(
    "values", ["[" * 3000, '["\\u0000", "2026-01-01T00:00:00+00:00", 1]', '["A", "0001-01-01T00:00:00+23:59", 1]']
)
def test_a_forged_key_is_refused(client, house, enquiry, token_for, values):
    key = base64.urlsafe_b64encode(values.encode()).decode()

    answer = client.get("/api/v1/enquiries", {"after": key}, **token_for(house.officer, READ))

    assert answer.status_code == 422


@pytest.mark.parametrize("text", ["nul \\u0000", "half a sign \\ud800"])
def test_text_that_is_no_text_is_refused(client, house, enquiry, token_for, text):
    body = f'{{"text": "{text}"}}'

    answer = post(client, f"{enquiry.public_id}/notes", body, token_for(house.officer, READ, HANDLE))

    assert answer.status_code == 422 and not Note.objects.exists()
