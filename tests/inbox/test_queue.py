"""The queue: who sees what, in which order, how many look-ups, and its indexes."""

from datetime import timedelta

import pytest
from django.db import connection

from torg.core.errors import Invalid, NotFound
from torg.inbox import commands, queries, screens
from torg.inbox.models import CannedAnswer, Enquiry, Labelling
from torg.inbox.models import Label as LabelRow
from torg.inbox.queries import Filters, View


def ids(person, at, **filters):
    return [row.enquiry.pk for row in queries.page(person, Filters(**filters), at=at).rows]


def test_danger_goes_first_then_urgent_then_the_nearest_deadline(house, on_duty, at):
    remark = house.asked(at, is_question=False)
    late, early = house.asked(at + timedelta(minutes=9)), house.asked(at)
    urgent, danger = house.asked(at, urgency=90), house.asked(at, is_danger=True)

    assert ids(house.officer, at) == [each.pk for each in (danger, urgent, early, late, remark)]


def test_out_of_scope_is_absent(house, at):
    enquiry = house.asked(at)

    assert ids(house.stranger, at) == []
    with pytest.raises(NotFound):
        queries.enquiry_for(house.stranger, enquiry.public_id, at=at)


def test_each_view_holds_its_own(house, at):
    mine, unit, sensitive, overdue, remark = (
        house.asked(at),
        house.asked(at),
        house.asked(at, is_sensitive=True),
        house.asked(at - timedelta(hours=20)),
        house.asked(at, is_question=False),
    )
    Enquiry.objects.exclude(pk=unit.pk).update(unit=house.other_unit)
    Enquiry.objects.filter(pk=mine.pk).update(assignee=house.officer)

    assert ids(house.officer, at, view=View.MINE) == [mine.pk]
    assert ids(house.officer, at, view=View.UNIT) == [unit.pk]
    assert ids(house.officer, at, view=View.SENSITIVE) == [sensitive.pk]
    assert ids(house.officer, at, view=View.OVERDUE) == [overdue.pk]
    assert remark.pk not in ids(house.officer, at, view=View.UNANSWERED)
    assert set(ids(house.officer, at, view=View.DUE_SOON)) == {mine.pk, unit.pk, sensitive.pk}


def test_filters_narrow(house, at):
    nynorsk, other = house.asked(at, language="nn"), house.asked(at, language="nb")
    label = LabelRow.objects.create(name="Vei")
    Labelling.objects.create(enquiry=other, label=label, at=at)

    assert ids(house.officer, at, language="nn") == [nynorsk.pk]
    assert ids(house.officer, at, label=label.public_id) == [other.pk]
    assert ids(house.officer, at, platform="mastodon") == []
    assert ids(house.officer, at, presence=house.presence.public_id) == [nynorsk.pk, other.pk]


@pytest.mark.parametrize("view", [View.OPEN, View.OVERDUE, View.ALL])
def test_paging_shows_each_once(house, at, view):
    made = {house.asked(at - timedelta(hours=20, minutes=number % 3)).pk for number in range(7)}
    seen, after = [], ""

    while True:
        page = queries.page(house.officer, Filters(view=view), at=at, after=after, size=3)
        seen += [row.enquiry.pk for row in page.rows]
        after = page.after
        if not after:
            break

    assert (len(seen), set(seen)) == (7, made)


@pytest.mark.parametrize("after", ["x", "W10=", "WyJhIiwgImIiLCAiYyJd", "////", "bnVsbA=="])
def test_a_key_that_is_none_is_refused(house, at, after):
    with pytest.raises(Invalid):
        queries.page(house.officer, Filters(), at=at, after=after)


def test_hostile_filters_narrow_nothing():
    read = Filters.read({"view": "' OR 1=1", "label": "x", "text": "\x00" * 9, "language": "nb" * 50})

    assert (read.view, read.label, read.text) == (View.OPEN, None, "")


def test_a_page_takes_few_look_ups(house, at, django_assert_max_num_queries):
    for _ in range(8):
        house.asked(at)

    with django_assert_max_num_queries(12):
        queries.page(house.officer, Filters(), at=at)
        queries.counts(house.officer, at=at)


def test_counts_agree_with_the_views(house, at):
    house.asked(at), house.asked(at - timedelta(hours=20))

    counts = queries.counts(house.officer, at=at)

    assert (counts["OVERDUE"], counts["DUE_SOON"], counts["UNANSWERED"], counts["MINE"]) == (1, 1, 2, 0)
    assert set(queries.counts(house.stranger, at=at).values()) == {0}


def test_reasons_say_why(house, at):
    enquiry = house.asked(at - timedelta(hours=20), is_sensitive=True)

    codes = [reason.code for reason in queries.reasons(enquiry, at=at, soon=at)]

    assert codes == ["late", "sensitive", "question"]


def test_the_sheet_says_how_the_deadline_was_computed(house, at):
    enquiry = house.asked(at + timedelta(hours=6))

    computed = queries.sheet(house.officer, enquiry, at=at + timedelta(hours=7)).computed

    # Asked at 16: counted the next morning from 8 to 10.
    assert [(start.hour, end.hour) for start, end in computed.intervals] == [(7, 9)]
    assert (computed.used_seconds, computed.seconds_left) == (0, 7200)


def test_the_first_page_walks_an_index(house, at):
    for _ in range(3):
        house.asked(at)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM inbox_enquiry WHERE scope_id = %s AND state = 'OPEN' "
            "ORDER BY band, rank_at, id LIMIT 50",
            [house.scope_id],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "queue_open" in plan and "Sort" not in plan


def test_a_full_sheet_takes_few_look_ups(house, at, django_assert_max_num_queries):
    enquiry = house.asked(at)
    label = LabelRow.objects.create(name="Vei")
    Labelling.objects.create(enquiry=enquiry, label=label, at=at)
    CannedAnswer.objects.create(title="Åpent", text="{{ hours }}", made_by=house.officer, made_at=at)
    commands.add_note(enquiry_id=enquiry.public_id, text="Ring", by=house.officer, at=at)
    commands.save_draft(
        enquiry_id=enquiry.public_id, text="Utkast", kind="PUBLIC_REPLY", version=0, by=house.officer, at=at
    )

    with django_assert_max_num_queries(11):
        seen = queries.enquiry_about(house.officer, enquiry.thread, at=at)
        context = screens.of_thread(house.officer, seen, at=at, back="/")

    sheet = context["sheet"]
    assert [row.label for row in sheet.labellings] == [label]
    assert (len(sheet.notes), sheet.draft.text, sheet.computed.seconds_left) == (1, "Utkast", 7200)
    assert [ready.text for ready in context["canned"]] == ["08:00–15:30"]
    assert [unit.name for unit in context["choices"].units] == ["Servicetorget", "Teknisk"]


def test_what_is_due_at_the_same_minute_is_ranked_by_urgency(house, at):
    evening = at + timedelta(hours=12)
    calm, urgent = house.asked(evening, urgency=5), house.asked(evening + timedelta(hours=1), urgency=60)

    assert calm.due_at == urgent.due_at
    assert ids(house.officer, evening + timedelta(hours=2)) == [urgent.pk, calm.pk]


def test_on_sunday_evening_what_is_due_on_monday_morning_is_due_soon(house, at):
    sunday = at + timedelta(days=5, hours=10)
    enquiry = house.asked(sunday)

    assert enquiry.due_at - sunday > timedelta(hours=12)
    assert ids(house.officer, sunday, view=View.DUE_SOON) == [enquiry.pk]
    assert "soon" in [reason.code for reason in queries.sheet(house.officer, enquiry, at=sunday).reasons]
