"""What the pages of the inbox's settings show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.inbox.models import CannedAnswer, CaseGuide, DeadlineRule, InboxSetting, Label
from torg.people import queries as people
from torg.people.models import Person, Unit
from torg.people.types import Permission
from torg.registry.models import Presence


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A deadline rule, and for whom it holds."""

    rule: DeadlineRule
    holder: str
    is_running: bool


@dataclass(frozen=True, slots=True)
class PageChoices:
    """A page (None: all that have no choices of their own), and how the inbox works there."""

    presence: Presence | None
    setting: InboxSetting
    is_own: bool


def labels_kept() -> QuerySet[Label, Any]:
    """Labels in use, with how many enquiries carry each."""
    return Label.objects.filter(retired_at=None).annotate(used=Count("labellings")).order_by("name")


def canned_kept() -> QuerySet[CannedAnswer]:
    """Ready answers in use, for all units."""
    return CannedAnswer.objects.filter(retired_at=None).select_related("unit", "made_by").order_by("title")


def canned_or_absent(public_id: UUID) -> CannedAnswer:
    """A ready answer that is in use; raises NotFound."""
    row = canned_kept().filter(public_id=public_id).first()
    if row is None:
        raise NotFound(_("There is no such ready answer."))
    return row


def guides_kept() -> QuerySet[CaseGuide]:
    """Guides in use."""
    return CaseGuide.objects.filter(retired_at=None).order_by("title")


def pages_managed(person: Person, *, at: datetime) -> Sequence[Presence]:
    """The pages whose rules and choices the person decides."""
    rows: QuerySet[Presence] = Presence.objects.visible_to(person, at=at, permission=Permission.MANAGE_PRESENCE)
    return list(rows.filter(closed_at=None).order_by("name"))


def page_managed(person: Person, public_id: UUID, *, at: datetime) -> Presence:
    """One of those; raises NotFound."""
    for presence in pages_managed(person, at=at):
        if presence.public_id == public_id:
            return presence
    raise NotFound(_("There is no such page."))


def rules_for(person: Person, *, at: datetime) -> list[RuleLine]:
    """Rules that run or are to begin, the widest first: for all, for units, for the pages the person decides."""
    pages = {presence.scope_id: presence.name for presence in pages_managed(person, at=at)}
    rows = DeadlineRule.objects.filter(Q(until_at=None) | Q(until_at__gt=at)).select_related("unit")
    seen = rows.filter(Q(scope_id=None) | Q(scope_id__in=pages)).order_by("from_at", "pk")
    lines = [RuleLine(rule, _holder(rule, pages), rule.from_at <= at) for rule in seen]
    return sorted(lines, key=lambda line: (line.rule.scope_id is not None, line.rule.unit_id is not None, line.holder))


def choices_managed(person: Person, *, at: datetime) -> list[PageChoices]:
    """How the inbox works for all, where the person decides that, and on each of the person's pages."""
    rows = {row.scope_id: row for row in InboxSetting.objects.all()}
    common = rows.get(None) or InboxSetting()
    found = [
        PageChoices(presence, rows.get(presence.scope_id) or common, presence.scope_id in rows)
        for presence in pages_managed(person, at=at)
    ]
    if people.may(person, Permission.MANAGE_PRESENCE, scope_id=None, at=at):
        found.insert(0, PageChoices(None, common, is_own=True))
    return found


def units() -> QuerySet[Unit]:
    """All units, by name."""
    return Unit.objects.order_by("name")


def _holder(rule: DeadlineRule, pages: dict[UUID, str]) -> str:
    if rule.scope_id is not None:
        return pages[rule.scope_id]
    return rule.unit.name if rule.unit else _("Everybody")
