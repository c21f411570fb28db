"""What duties ask for, now and later."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from torg.oversight.models import DutyRule


def rules_decided(*, at: datetime) -> QuerySet[DutyRule]:
    """The rules that hold now and those that are decided for later."""
    today = timezone.localtime(at).date()
    rows: QuerySet[DutyRule] = DutyRule.objects.filter(Q(until_on=None) | Q(until_on__gt=today))
    return rows.select_related("set_by").order_by("kind", "duty", "from_on")
