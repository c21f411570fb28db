"""The lists that all use: labels, ready answers and guides to case handling."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.inbox import audit, canned, events, policies, queries
from torg.inbox.models import CannedAnswer, CaseGuide, Label
from torg.people.models import Person


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
def rewrite_canned(*, canned_id: UUID, title: str, text: str, language: str, by: Person, at: datetime) -> CannedAnswer:
    """Put a new version in the place of a ready answer; the old one is kept, retired.

    Raises NotAllowed, NotFound, Invalid for a variable that does not exist, InvalidTransition for one that is retired.
    """
    policies.check_can_keep_lists(by, at=at)
    canned.check_variables(text)
    old = _canned(canned_id)
    if old.retired_at is not None:
        raise InvalidTransition(_("There is a newer version of this ready answer. Change that one."))
    if not title.strip() or not text.strip():
        raise Invalid(_("Give the ready answer a title and a text."), field="title")
    old.retired_at = at
    old.save(update_fields=["retired_at"])
    made = CannedAnswer.objects.create(
        title=title.strip(), text=text.strip(), language=language, unit=old.unit, made_by=by, made_at=at
    )
    facts = {"replaces": str(old.public_id)}
    audit.record(events.CANNED_REWRITTEN, actor=by, scope=None, target=made, at=at, facts=facts)
    return made


@transaction.atomic
def retire_canned(*, canned_id: UUID, by: Person, at: datetime) -> CannedAnswer:
    """Retire a ready answer. Raises NotAllowed, NotFound."""
    policies.check_can_keep_lists(by, at=at)
    row = _canned(canned_id)
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
def retire_guide(*, guide_id: UUID, by: Person, at: datetime) -> CaseGuide:
    """Retire a guide: it is offered no more. Raises NotAllowed, NotFound."""
    policies.check_can_keep_lists(by, at=at)
    guide = CaseGuide.objects.select_for_update().filter(public_id=guide_id).first()
    if guide is None:
        raise NotFound(_("There is no such guide. It may have been retired."))
    guide.retired_at = guide.retired_at or at
    guide.save()
    audit.record(events.GUIDE_RETIRED, actor=by, scope=None, target=guide, at=at)
    return guide


def _canned(canned_id: UUID) -> CannedAnswer:
    row = (
        CannedAnswer.objects.select_for_update(of=("self",)).select_related("unit").filter(public_id=canned_id).first()
    )
    if row is None:
        raise NotFound(_("There is no such ready answer."))
    return row
