"""Orders and tips, for those who made them and those who take them on."""

from datetime import datetime

from django.db.models import Q, QuerySet

from torg.people.models import Person
from torg.people.types import Permission
from torg.publishing.models import Order, PostTip


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
