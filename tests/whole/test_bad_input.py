"""What should never arrive, over HTTP: a clear answer, no harm, nothing lost."""

import json
import time

from tests.whole.signing import PATH, comment, delivery, send
from torg.channels.models import DeliveryState, RawDelivery, RawDeliveryState
from torg.core import clock
from torg.dialogue.models import Item, ItemVersion
from torg.inbox import queries
from torg.inbox.models import Enquiry

STRANGE = {
    "60 000 characters": "Når åpner det? " * 4_000,
    "NUL": "før\x00etter",
    "control characters": "a\x01\x02\x1b[31mrødt\x7f\x85b",
    "right-to-left marks": "\u202eteksten går feil vei\u202c \u200f\u2066isolert\u2069",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 Når åpner det? 🇳🇴",
    "Arabic": "هل الماء صالح للشرب اليوم؟",
    "combining marks": "Z̶̛̲͓̳a̶̡l̷̢g̸̨o̴",
    "markup": "<script>alert(1)</script>{{ settings.SECRET_KEY }}{% debug %}&amp;' OR 1=1 --",
    "only spaces": " \u00a0\u2003\u200b ",
    "line ends": "en\r\nto\u2028tre\u2029fire",
}
NOT_JSON = [b"not json", b"", b"[]", b'"text"', b"\xff\xfe\x00", b'{"object":"page"', b"[" * 9_000]
OTHER_SHAPES = [
    {},
    {"object": "page", "entry": None},
    {"object": "page", "entry": [None, 7, "x", {}]},
    {"object": "page", "entry": [{"id": None, "changes": [None, {"field": None, "value": None}]}]},
    {"object": "page", "entry": [{"id": "100500000000001", "changes": [{"field": "feed", "value": [1]}]}]},
    {"object": "page", "entry": [{"id": "100500000000001", "messaging": [{"sender": 7, "message": "x"}]}]},
    {"object": "page", "entry": {"id": "100500000000001"}},
    {"object": ["page"], "entry": "x"},
]


def taken_in(house, *bodies: bytes) -> None:
    for body in bodies:
        assert send(house, body).status_code == 200
    house.work()
    assert not RawDeliveryState.objects.exclude(state=DeliveryState.PROCESSED).exists()


def test_a_wrong_signature_is_refused_and_nothing_is_kept(house):
    before = RawDelivery.objects.count()

    assert send(house, delivery(comment(1)), secret="another").status_code == 403
    with house.anonymous() as client:
        assert client.post(PATH, content=delivery(comment(1))).status_code == 403

    assert RawDelivery.objects.count() == before


def test_a_body_that_was_changed_on_the_way_is_refused(house):
    body = delivery(comment(1, "Hei"))
    headers = {"X-Hub-Signature-256": "sha256=" + "0" * 64}
    with house.anonymous() as client:
        assert client.post(PATH, content=body, headers=headers).status_code == 403


def test_a_body_over_the_limit_is_refused_before_it_is_read(house, settings):
    settings.WEBHOOK_MAX_BYTES = 100_000

    assert send(house, b"x" * 100_001).status_code == 413


def test_what_is_signed_but_not_json_is_answered_400_and_kept_for_inspection(house):
    answers = [send(house, body).status_code for body in NOT_JSON]
    house.work()

    inspected = RawDeliveryState.objects.filter(state=DeliveryState.INSPECT).values("delivery_id")
    kept = [bytes(one.body) for one in RawDelivery.objects.filter(id__in=inspected)]
    assert answers == [400] * len(NOT_JSON)
    assert sorted(kept) == sorted(NOT_JSON)


def test_json_of_another_shape_harms_nothing(house, subtests):
    for number, content in enumerate(OTHER_SHAPES):
        with subtests.test(content=content):
            assert send(house, json.dumps(content).encode()).status_code == 200
            house.work()

            assert not RawDeliveryState.objects.filter(state__in=[DeliveryState.FAILED, DeliveryState.PENDING]).exists()
            taken_after = send(house, delivery(comment(f"after{number}")))
            house.work()
            assert taken_after.status_code == 200
            assert house.item(f"1_after{number}").text == "Hei!"


def test_a_thousand_changes_in_one_delivery_are_a_thousand_items(house):
    taken_in(house, delivery(*[comment(number, f"Kommentar {number}") for number in range(1_000)]))

    assert Item.objects.filter(kind="COMMENT").count() == 1_000
    assert Enquiry.objects.count() == 1_000


def test_strange_text_is_kept_as_written_and_can_be_shown_and_searched(house, subtests):
    told = 0
    for number, (kind, text) in enumerate(STRANGE.items()):
        with subtests.test(kind):
            taken_in(house, delivery(comment(number, text)))

            item = house.item(f"1_{number}")
            assert item.text.replace("\N{REPLACEMENT CHARACTER}", "\x00") == text
            told += "åpner" in text
            page = queries.page(house.officer, queries.Filters(text="åpner"), at=clock.now())
            assert len(page.rows) == told
            assert queries.page(house.officer, queries.Filters.read({"text": text}), at=clock.now()) is not None


def test_a_lone_surrogate_is_taken_in_and_the_rest_of_the_text_with_it(house):
    body = delivery(comment(1, "@LONE@ Når åpner det?")).replace(b"@LONE@", b"\\ud83d")

    taken_in(house, body)

    assert "Når åpner det?" in house.item("1_1").text


def test_a_surrogate_in_an_id_or_a_name_harms_nothing(house):
    body = delivery(comment("@L@", **{"from": {"id": "@L@", "name": "@L@"}})).replace(b"@L@", b"x\\udead")

    assert send(house, body).status_code == 200
    house.work()

    assert not RawDeliveryState.objects.filter(state=DeliveryState.FAILED).exists()


def test_a_time_in_the_future_is_not_believed(house):
    taken_in(house, delivery(comment(1, "Når åpner det?", at=time.time() + 9 * 86_400)))

    item = house.item("1_1")
    assert item.posted_at <= item.received_at
    assert Enquiry.objects.get().first_unanswered_at <= clock.now()


def test_a_time_that_is_none_harms_nothing(house, subtests):
    for number, moment in enumerate([-1, 0, 10**18, 10**30, "i går", None, [], True]):
        with subtests.test(moment=moment):
            taken_in(house, delivery(comment(number, created_time=moment)))

            assert house.item(f"1_{number}").posted_at <= clock.now()


def test_ids_above_what_a_float_holds_stay_apart(house):
    large = 2**53
    one, other = comment(1), comment(2)
    one["value"]["comment_id"], other["value"]["comment_id"] = large + 1, large + 2
    one["value"]["from"]["id"], other["value"]["from"]["id"] = large + 3, large + 4

    taken_in(house, delivery(one, other))

    assert set(Item.objects.values_list("external_id", flat=True)) == {str(large + 1), str(large + 2)}
    assert {item.author.external_id for item in Item.objects.all()} == {str(large + 3), str(large + 4)}


def test_the_same_delivery_fifty_times_is_one_item(house):
    body = delivery(comment(1, "Når åpner det?"))

    taken_in(house, *[body] * 50)

    assert Item.objects.count() == 1
    assert ItemVersion.objects.count() == 1
    assert Enquiry.objects.count() == 1


def test_an_edit_and_a_removal_before_the_comment_itself_end_as_removed(house):
    removed = comment(1, verb="remove")
    del removed["value"]["message"]
    edited = comment(1, "Når åpner biblioteket?", verb="edited")

    taken_in(house, delivery(removed), delivery(edited), delivery(comment(1, "Når åpner det?")))

    item = house.item("1_1")
    assert item.platform_state == "DELETED_BY_AUTHOR"
    assert ItemVersion.objects.filter(item_id=item.pk, text="Når åpner det?").exists()


def test_another_accounts_delivery_is_kept_for_inspection_and_shown_to_nobody(house):
    body = delivery(comment(1)).replace(b"100500000000001", b"100500000000009")

    assert send(house, body).status_code == 200
    house.work()

    assert RawDeliveryState.objects.get(state=DeliveryState.INSPECT).error == "unknown account"
    assert not Item.objects.exists()
