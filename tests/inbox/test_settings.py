"""The settings: each can be reached, does its act, and only by those who decide it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.inbox.conftest import LONG_AGO, audited, person
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition
from torg.inbox import commands, wording
from torg.inbox.models import CannedAnswer, CaseGuide, DeadlineRule, HelpLine, InboxSetting, Label
from torg.people.models import RoleAssignment, Scope
from torg.people.types import Role
from torg.registry.models import Presence

LISTS = ["canned", "label-list", "guides"]
RULES = ["deadlines", "choices", "choices-for-all", "help-lines"]


@pytest.mark.parametrize("name", [*LISTS, *RULES])
def test_the_officer_opens_every_page(signed_in, house, name):
    assert signed_in(house.officer).get(reverse(f"inbox:{name}")).status_code == 200


@pytest.mark.parametrize(("name", "status"), [*((each, 200) for each in LISTS), *((each, 403) for each in RULES)])
def test_who_answers_keeps_the_lists_and_not_the_rules(signed_in, house, name, status):
    assert signed_in(house.administrator).get(reverse(f"inbox:{name}")).status_code == status


@pytest.mark.parametrize("name", [*LISTS, *RULES])
def test_who_only_reads_opens_none(signed_in, house, name):
    assert signed_in(house.leader).get(reverse(f"inbox:{name}")).status_code == 403


def test_a_ready_answer_is_shown_with_its_words_filled_in_before_it_is_kept(signed_in, house, now):
    data = {"title": "Åpent", "language": "nb", "text": "Hei {{ first_name }}, vi har åpent {{ hours }}.", "unit": ""}
    client = signed_in(house.administrator)

    preview = client.post(reverse("inbox:canned"), {**data, "preview": "1"}).content.decode()
    kept_by_preview = CannedAnswer.objects.count()
    client.post(reverse("inbox:canned"), data)

    assert "Hei Kari, vi har åpent 08:00–15:30." in preview
    assert (kept_by_preview, CannedAnswer.objects.get().title) == (0, "Åpent")


def test_a_variable_that_does_not_exist_is_told_at_the_form(signed_in, house, now):
    data = {"title": "x", "language": "nb", "text": "{{ fodselsnummer }}", "unit": ""}

    page = signed_in(house.administrator).post(reverse("inbox:canned"), data)

    assert page.status_code == 422
    assert "fodselsnummer" in page.content.decode()
    assert not CannedAnswer.objects.exists()


def test_a_changed_ready_answer_is_a_new_version_and_the_old_is_kept(house, at):
    old = commands.make_canned(title="Åpent", text="Ti", language="nb", by=house.administrator, at=at)

    new = commands.rewrite_canned(
        canned_id=old.public_id, title="Åpent", text="Elleve", language="nb", by=house.administrator, at=at
    )

    old.refresh_from_db()
    assert (old.text, old.retired_at, new.retired_at) == ("Ti", at, None)
    assert audited("inbox.canned_answer.rewritten") == 1
    with pytest.raises(InvalidTransition):
        commands.rewrite_canned(canned_id=old.public_id, title="x", text="y", language="nb", by=house.officer, at=at)


def test_labels_and_guides_are_made_and_taken_out_of_use(signed_in, house, now):
    client = signed_in(house.administrator)
    guide = {"title": "Barnehage", "language": "nb", "link": "https://x.example/sok", "text": "Søk her: {{ link }}"}

    client.post(reverse("inbox:label-list"), {"name": "Vei"})
    client.post(reverse("inbox:guides"), guide)
    client.post(reverse("inbox:label-retirement", args=[Label.objects.get().public_id]))
    client.post(reverse("inbox:guide-retirement", args=[CaseGuide.objects.get().public_id]))

    assert (Label.objects.get().retired_at, CaseGuide.objects.get().retired_at) == (now, now)
    assert audited("inbox.case_guide.retired") == 1


def test_a_rule_is_set_from_a_day_and_told_in_words(signed_in, house, now):
    client = signed_in(house.officer)
    data = {"holder": f"page:{house.presence.public_id}", "within": "1h30m", "from_on": "2026-04-01"}

    answer = client.post(reverse("inbox:deadlines"), data)

    rule = DeadlineRule.objects.get(scope_id=house.scope_id)
    assert (answer.status_code, rule.from_at.isoformat()) == (303, "2026-03-31T22:00:00+00:00")
    assert wording.span_in_words(rule.within) in client.get(reverse("inbox:deadlines")).content.decode()


def test_a_rule_in_the_past_or_before_a_later_one_is_refused(house, at):
    with pytest.raises(Invalid):
        commands.set_rule(within="1h", from_at=at - timedelta(days=1), by=house.officer, at=at)
    commands.set_rule(within="1h", from_at=at + timedelta(days=9), by=house.officer, at=at)
    with pytest.raises(Invalid):
        commands.set_rule(within="3h", by=house.officer, at=at)


@pytest.fixture
def editor_of_one(house):
    """Decides for another page only."""
    scope = Scope.objects.create()
    Presence.objects.create(scope=scope, kind="LOCAL_PAGE", name="Kulturhuset", opened_at=LONG_AGO)
    holder = person("Tor Li", None, scope, house.unit)
    RoleAssignment.objects.create(person=holder, role=Role.DEPUTY, scope=scope, from_at=LONG_AGO)
    return holder


def test_who_decides_for_one_page_sees_and_changes_that_one_only(signed_in, house, editor_of_one, now):
    commands.set_rule(within="4h", scope_id=house.scope_id, by=house.officer, at=now)
    client = signed_in(editor_of_one)

    shown = client.get(reverse("inbox:choices")).content.decode()
    rules = client.get(reverse("inbox:deadlines")).content.decode()

    assert "Kulturhuset" in shown and "Storvik kommune" not in shown
    assert "Kulturhuset" in rules and "Storvik kommune" not in rules
    assert client.get(reverse("inbox:choices-for-page", args=[house.presence.public_id])).status_code == 404
    assert client.get(reverse("inbox:choices-for-all")).status_code == 403
    assert client.post(reverse("inbox:deadlines"), {"holder": "all", "within": "1h"}).status_code == 422


def test_a_page_gets_choices_of_its_own(signed_in, house, now):
    values = {"undo_seconds": 30, "warn_before": "30m", "escalate_alarms_after_minutes": 5, "closed_receipt_nb": "Hei"}

    signed_in(house.officer).post(reverse("inbox:choices-for-page", args=[house.presence.public_id]), values)

    setting = InboxSetting.objects.get(scope_id=house.scope_id)
    assert (setting.undo_seconds, setting.sends_closed_receipts, setting.closed_receipt_nb) == (30, False, "Hei")
    assert audited("inbox.setting.changed") == 1


def test_a_help_number_is_marked_as_checked_by_whoever_looked_it_up(signed_in, house, now):
    line, client = HelpLine.objects.get(number="113"), signed_in(house.officer)

    client.post(reverse("inbox:help-line", args=[line.public_id]), {"number": "113"})
    refused = client.post(reverse("inbox:help-line", args=[line.public_id]), {"number": "<b>"})

    line.refresh_from_db()
    assert (line.number, line.checked_by, line.checked_at) == ("113", house.officer, now)
    assert refused.status_code == 422


def test_every_act_of_a_person_tells_the_role_at_the_time(house, at):
    enquiry = house.asked(at)
    commands.assign(enquiry_id=enquiry.public_id, to_person=None, to_unit=None, by=house.case_officer, at=at)
    commands.make_label(name="Vei", by=house.administrator, at=at)

    events = AuditEvent.objects.filter(actor_kind="person", name__startswith="inbox.")
    assert {event.name: event.facts["role"] for event in events} == {
        "inbox.enquiry.assigned": "CASE_OFFICER",
        "inbox.label.made": "PAGE_ADMINISTRATOR",
    }


def test_what_is_done_on_a_secret_page_is_sealed(house, at):
    enquiry = house.asked(at)
    Scope.objects.filter(id=house.scope_id).update(is_secret=True)

    commands.add_note(enquiry_id=enquiry.public_id, text="Ring", by=house.officer, at=at)

    assert audited("inbox.note.written") == 0
    assert AuditEvent.objects.filter(target_kind="").count() + AuditEvent.objects.filter(target_id=None).count() > 0
