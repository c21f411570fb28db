"""Orders from units without a page, and tips from local pages to the main page."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.people.models import Person
from torg.people.types import Permission
from torg.publishing import events, loading, policies, tipping
from torg.publishing.commands.articles import add_idea
from torg.publishing.models import Article, Order, PostTip, TargetGroup, WishState
from torg.publishing.types import Planning
from torg.registry.models import Presence, PresenceKind


@dataclass(frozen=True, slots=True)
class Wish:
    """What a unit orders: what about, in whose words, when, and for whom."""

    unit_id: UUID
    title: str
    wish: str
    wanted_on: date | None = None
    group_id: UUID | None = None


@transaction.atomic
def order(*, wish: Wish, by: Person, at: datetime) -> Order:
    """Order a post on the main page (bestilling, strategy C4). Anybody who works here may.

    Raises Invalid without words, NotFound for an unknown unit, or while there is no main page.
    """
    if not wish.title.strip() or not wish.wish.strip():
        raise Invalid(_("Write what it is about, and what people should know."), field="title")
    made = Order.objects.create(
        scope_id=_main_page().scope_id,
        unit=tipping.unit_or_absent(wish.unit_id),
        title=wish.title.strip()[:200],
        wish=wish.wish.strip(),
        wanted_on=wish.wanted_on,
        group=loading.chosen(TargetGroup, wish.group_id),
        ordered_by=by,
        ordered_at=at,
    )
    audit.record(events.ORDERED, actor=by, scope=made.scope_id, target=made, at=at)
    return made


@transaction.atomic
def take_order(*, order_id: UUID, by: Person, at: datetime) -> Article:
    """Take an order on: it becomes an idea. Raises NotFound, NotAllowed, InvalidTransition."""
    wanted = _order(order_id, by=by, at=at)
    groups = (wanted.group.public_id,) if wanted.group else ()
    planning = Planning(group_ids=groups, unit_id=wanted.unit.public_id)
    article = add_idea(scope_id=wanted.scope_id, title=wanted.title, planning=planning, by=by, at=at)
    wanted.state, wanted.article, wanted.answered_by, wanted.answered_at = WishState.TAKEN, article, by, at
    wanted.save(update_fields=["state", "article", "answered_by", "answered_at"])
    audit.record(events.ORDER_TAKEN, actor=by, scope=wanted.scope_id, target=wanted, at=at)
    return article


@transaction.atomic
def decline_order(*, order_id: UUID, answer: str, by: Person, at: datetime) -> Order:
    """Decline an order, and say why. Raises NotFound, NotAllowed, Invalid without a reason, InvalidTransition."""
    wanted = _order(order_id, by=by, at=at)
    if not answer.strip():
        raise Invalid(_("Write why, for those who ordered it."), field="answer")
    wanted.state, wanted.answer, wanted.answered_by, wanted.answered_at = WishState.DECLINED, answer.strip(), by, at
    wanted.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    audit.record(events.ORDER_DECLINED, actor=by, scope=wanted.scope_id, target=wanted, at=at)
    return wanted


@transaction.atomic
def give_tip(*, source_kind: str, source_id: UUID, by: Person, at: datetime) -> PostTip:
    """Tip the main page of something on a local page, in one act (tips, strategy C3). Twice is once.

    Args:
        source_kind: publishing.article, dialogue.post or dialogue.thread.
        source_id: its public id.
        by: somebody who sees it.
        at: now.

    Raises NotFound when `by` does not see it, or there is no main page; Invalid when it is on the main page already.
    """
    found = tipping.source(source_kind, source_id, by=by, at=at)
    page = _main_page()
    if found.scope_id == page.scope_id:
        raise Invalid(_("This is on the main page already."))
    tip, _is_new = PostTip.objects.get_or_create(
        scope_id=page.scope_id,
        source_kind=source_kind,
        source_id=source_id,
        state=WishState.NEW,
        defaults={
            "from_scope_id": found.scope_id,
            "title": found.title[:200],
            "text": found.text,
            "address": found.address,
            "given_by": by,
            "given_at": at,
        },
    )
    audit.record(events.TIP_GIVEN, actor=by, scope=page.scope_id, target=tip, at=at, facts={"source": source_kind})
    return tip


@transaction.atomic
def take_tip(*, tip_id: UUID, by: Person, at: datetime) -> Article:
    """Take a tip on: it becomes an idea for the main page. Raises NotFound, NotAllowed, InvalidTransition."""
    tip = _tip(tip_id, by=by, at=at)
    article = add_idea(scope_id=tip.scope_id, title=tip.title, by=by, at=at)
    tip.state, tip.article, tip.answered_by, tip.answered_at = WishState.TAKEN, article, by, at
    tip.save(update_fields=["state", "article", "answered_by", "answered_at"])
    audit.record(events.TIP_TAKEN, actor=by, scope=tip.scope_id, target=tip, at=at)
    return article


@transaction.atomic
def decline_tip(*, tip_id: UUID, by: Person, at: datetime) -> PostTip:
    """Put a tip aside. Raises NotFound, NotAllowed, InvalidTransition."""
    tip = _tip(tip_id, by=by, at=at)
    tip.state, tip.answered_by, tip.answered_at = WishState.DECLINED, by, at
    tip.save(update_fields=["state", "answered_by", "answered_at"])
    audit.record(events.TIP_DECLINED, actor=by, scope=tip.scope_id, target=tip, at=at)
    return tip


def _main_page() -> Presence:
    """The main page; raises NotFound while there is none."""
    page: Presence | None = (
        Presence.objects.filter(kind=PresenceKind.MAIN_PAGE, closed_at=None).order_by("opened_at", "id").first()
    )
    if page is None:
        raise NotFound(_("No main page is registered yet. Register it first."))
    return page


def _order(order_id: UUID, *, by: Person, at: datetime) -> Order:
    rows = Order.objects.visible_to(by, at=at, permission=Permission.PUBLISH).select_for_update(of=("self",))
    wanted: Order = loading.found(rows, order_id)
    policies.check_can_write(by, wanted.scope_id, at=at)
    _check_new(wanted.state)
    return wanted


def _tip(tip_id: UUID, *, by: Person, at: datetime) -> PostTip:
    rows = PostTip.objects.visible_to(by, at=at, permission=Permission.PUBLISH).select_for_update(of=("self",))
    tip: PostTip = loading.found(rows, tip_id)
    policies.check_can_write(by, tip.scope_id, at=at)
    _check_new(tip.state)
    return tip


def _check_new(state: str) -> None:
    if state != WishState.NEW:
        raise InvalidTransition(_("Somebody has answered this already. Load the page again."))
