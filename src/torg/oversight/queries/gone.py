"""Who has left, and what they still have."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from torg.oversight.models import GroupMember
from torg.people.models import Employee, Person
from torg.registry.models import Administration


def people_gone(at: datetime) -> QuerySet[Person]:
    """Persons who have left: recorded here, or by the list of employees; not those who have another position."""
    today = timezone.localtime(at).date()
    same = Employee.objects.alias(address=Lower("email")).filter(address=OuterRef("address")).exclude(email="")
    left = Exists(same.filter(left_on__lte=today)) & ~Exists(same.filter(Q(left_on=None) | Q(left_on__gt=today)))
    return Person.objects.alias(address=Lower("email")).filter(Q(left_at__lte=at) | left)


def administrations_of(gone: QuerySet[Person]) -> QuerySet[Administration]:
    """Accesses on platforms that persons still have."""
    rows = Administration.objects.filter(person__in=gone, ended_at=None)
    return rows.select_related("presence", "person").order_by("pk")


def members_gone(at: datetime) -> QuerySet[GroupMember]:
    """Members of groups who do not work here any more; not those who have another position."""
    today = timezone.localtime(at).date()
    same = Employee.objects.filter(email=OuterRef("employee__email")).exclude(email="")
    works = Exists(same.filter(Q(left_on=None) | Q(left_on__gt=today)))
    return GroupMember.objects.filter(~works, ended_at=None, employee__left_on__lte=today).order_by("pk")
