"""Orders and tips, for those who made them and those who take them on."""

from datetime import datetime

from django.db.models import Q, QuerySet

from torg.people.models import Person
from torg.people.types import Permission
from torg.publishing.models import Order, PostTip, WishState


def orders_for(person: Person, *, at: datetime) -> QuerySet[Order]:
    """One's own orders, and those on pages that one may publish on; the new ones first."""
    seen = Order.objects.visible_to(person, at=at, permission=Permission.PUBLISH)
    rows = Order.objects.filter(Q(ordered_by=person) | Q(pk__in=seen.values("pk")))
    return rows.select_related("unit", "ordered_by", "article", "group").order_by("answered_at", "-ordered_at")


def tips_for(person: Person, *, at: datetime) -> QuerySet[PostTip]:
    """Tips to the pages that one may publish on, and those one gave; the new ones first."""
    seen = PostTip.objects.visible_to(person, at=at, permission=Permission.PUBLISH)
    rows = PostTip.objects.filter(Q(given_by=person) | Q(pk__in=seen.values("pk")))
    return rows.select_related("given_by", "article").order_by("-state", "-given_at")


def orders_waiting(person: Person, *, at: datetime) -> QuerySet[Order]:
    """Orders that nobody has answered, for those who decide what goes out."""
    rows: QuerySet[Order] = Order.objects.visible_to(person, at=at, permission=Permission.APPROVE_POSTS)
    return rows.filter(state=WishState.NEW)


def tips_waiting(person: Person, *, at: datetime) -> QuerySet[PostTip]:
    """Tips that nobody has answered, for those who decide what goes out."""
    rows: QuerySet[PostTip] = PostTip.objects.visible_to(person, at=at, permission=Permission.APPROVE_POSTS)
    return rows.filter(state=WishState.NEW)
