"""The lists and choices that a municipality keeps: labels, ready answers, guides, views, rules, settings."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.calendar import CalendarProblem, parse_span
from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.inbox import audit, canned, events, policies, queries
from torg.inbox.models import CannedAnswer, CaseGuide, DeadlineRule, Enquiry, InboxSetting, Label, SavedView
from torg.inbox.queries.filters import Filters
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission


@transaction.atomic
def make_label(*, name: str, by: Person, at: datetime) -> Label:
    """Make a label; one that was retired comes back. Raises NotAllowed, Invalid for an empty or used name."""
    policies.check_can_keep_lists(by, at=at)
    if not name.strip():
        raise Invalid(_("Give the label a name."), field="name")
    label, is_new = Label.objects.get_or_create(name=name.strip())
    if not is_new and label.retired_at is None:
        raise Invalid(_("There is a label of that name."), field="name")
    label.retired_at = None
    label.save()
    audit.record(events.LABEL_MADE, actor=by, scope=None, target=label, at=at)
    return label


@transaction.atomic
def retire_label(*, label_id: UUID, by: Person, at: datetime) -> Label:
    """Retire a label: it stays where it sits and is offered no more. Raises NotAllowed, NotFound."""
    policies.check_can_keep_lists(by, at=at)
    label = Label.objects.select_for_update().filter(public_id=label_id).first()
    if label is None:
        raise NotFound(_("There is no such label."))
    label.retired_at = label.retired_at or at
    label.save()
    audit.record(events.LABEL_RETIRED, actor=by, scope=None, target=label, at=at)
    return label


@transaction.atomic
def make_canned(
    *, title: str, text: str, language: str, unit_id: UUID | None = None, by: Person, at: datetime
) -> CannedAnswer:
    """Make a ready answer, with variables. Raises NotAllowed, Invalid for one that does not exist."""
    policies.check_can_keep_lists(by, at=at)
    canned.check_variables(text)
    if not title.strip() or not text.strip():
        raise Invalid(_("Give the ready answer a title and a text."), field="title")
    made = CannedAnswer.objects.create(
        title=title.strip(),
        text=text.strip(),
        language=language,
        unit=queries.unit_or_absent(unit_id) if unit_id else None,
        made_by=by,
        made_at=at,
    )
    audit.record(events.CANNED_MADE, actor=by, scope=None, target=made, at=at)
    return made


@transaction.atomic
def retire_canned(*, canned_id: UUID, by: Person, at: datetime) -> CannedAnswer:
    """Retire a ready answer. Raises NotAllowed, NotFound."""
    policies.check_can_keep_lists(by, at=at)
    row = CannedAnswer.objects.select_for_update().filter(public_id=canned_id).first()
    if row is None:
        raise NotFound(_("There is no such ready answer."))
    row.retired_at = row.retired_at or at
    row.save()
    audit.record(events.CANNED_RETIRED, actor=by, scope=None, target=row, at=at)
    return row


@transaction.atomic
def make_guide(*, title: str, text: str, link: str, language: str, by: Person, at: datetime) -> CaseGuide:
    """Make a guide to case handling, with its ready answer. Raises NotAllowed, Invalid."""
    policies.check_can_keep_lists(by, at=at)
    canned.check_variables(text)
    if not link.startswith("https://"):
        raise Invalid(_("Give the whole address, beginning with https://."), field="link")
    guide = CaseGuide.objects.create(title=title.strip(), text=text.strip(), link=link, language=language)
    audit.record(events.GUIDE_MADE, actor=by, scope=None, target=guide, at=at)
    return guide


@transaction.atomic
def save_view(*, name: str, filters: Filters, by: Person, at: datetime) -> SavedView:
    """Keep a choice of filters under a name of one's own; the same name is written over. Raises Invalid."""
    if not name.strip():
        raise Invalid(_("Give the view a name."), field="name")
    view, _is_new = SavedView.objects.update_or_create(
        person=by, name=name.strip()[:60], defaults={"filters": filters.as_json(), "saved_at": at}
    )
    audit.record(events.VIEW_SAVED, actor=by, scope=None, target=view, at=at)
    return view


@transaction.atomic
def delete_view(*, view_id: UUID, by: Person, at: datetime) -> None:
    """Delete a view of one's own. Raises NotFound."""
    view = SavedView.objects.filter(person=by, public_id=view_id).first()
    if view is None:
        raise NotFound(_("There is no such view."))
    audit.record(events.VIEW_DELETED, actor=by, scope=None, target=view, at=at)
    view.delete()


@transaction.atomic
def set_rule(
    *,
    within: str,
    scope_id: UUID | None = None,
    unit_id: UUID | None = None,
    counts_closed_time: bool = False,
    applies_to_all: bool = False,
    by: Person,
    at: datetime,
) -> DeadlineRule:
    """Set how fast questions are answered from now on, for one page, one unit or all; the rule before it ends.

    Questions that were asked before keep the rule they were asked under.

    Args:
        within: working time: `90m`, `2h`, `1d`; `0m` for no deadline.
        scope_id: for one page.
        unit_id: for one unit, by its public id.
        counts_closed_time: count what came and was answered while closed as full time.
        applies_to_all: also for what is not a question.
        by: who decides.
        at: now.

    Raises NotAllowed, Invalid for a span that cannot be read or is below nothing.
    """
    policies.check_can_set_rules(by, scope_id=scope_id, at=at)
    try:
        parse_span(within)
    except CalendarProblem as problem:
        raise Invalid(str(problem), field="within") from problem
    unit = queries.unit_or_absent(unit_id) if unit_id else None
    DeadlineRule.objects.filter(scope_id=scope_id, unit=unit, until_at=None, from_at__lt=at).update(until_at=at)
    rule = DeadlineRule.objects.create(
        scope_id=scope_id,
        unit=unit,
        within=within,
        counts_closed_time=counts_closed_time,
        applies_to_all=applies_to_all,
        from_at=at,
    )
    audit.record(events.RULE_SET, actor=by, scope=scope_id, target=rule, at=at, facts={"within": within})
    return rule


@transaction.atomic
def change_setting(*, scope_id: UUID | None, values: Mapping[str, object], by: Person, at: datetime) -> InboxSetting:
    """Change how the inbox works on one page, or (None) on all that have no choices of their own.

    Raises NotAllowed, Invalid for a choice that does not exist.
    """
    policies.check_can_set_rules(by, scope_id=scope_id, at=at)
    known = {field.name for field in InboxSetting._meta.get_fields()} - {"id", "scope_id"}
    if set(values) - known:
        raise Invalid(_("There is no such choice."))
    setting, _is_new = InboxSetting.objects.update_or_create(scope_id=scope_id, defaults=dict(values))
    facts = {"choices": len(values)}
    audit.record(events.SETTING_CHANGED, actor=by, scope=scope_id, target=None, at=at, facts=facts)
    return setting


@transaction.atomic
def search_sensitive(*, words: str, by: Person, at: datetime) -> list[Enquiry]:
    """Search behind the masks, where the person may open sensitive text; the log says that it was done.

    Raises NotAllowed for those who may not, Invalid without words.
    """
    if not people.may_anywhere(by, Permission.OPEN_SENSITIVE, at=at):
        raise NotAllowed(_("Your role does not include opening sensitive text."))
    if not words.strip():
        raise Invalid(_("Write what to search for."), field="words")
    threads = queries.thread_ids(by, words, at=at, in_sensitive=True)
    audit.record(events.SENSITIVE_SEARCHED, actor=by, scope=None, target=None, at=at, facts={"found": len(threads)})
    found = Enquiry.objects.visible_to(by, at=at, permission=Permission.OPEN_SENSITIVE).filter(thread__in=threads)
    return list(found.select_related("thread__author", "thread__connection__presence").order_by("-last_activity_at"))
