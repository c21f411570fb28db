"""The register of breaches, as those see it who may open what is sensitive."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.moderation.models import Breach
from torg.people.models import Person
from torg.people.types import Permission

AROUND = ("case__item__thread__connection__presence", "opened_by", "assessed_by", "decided_by", "notified_by")


def breaches(person: Person, *, at: datetime) -> QuerySet[Breach]:
    """Every breach on the pages where `person` may open what is sensitive; those that wait first, by deadline."""
    seen = Breach.objects.visible_to(person, at=at, permission=Permission.OPEN_SENSITIVE).select_related(*AROUND)
    return cast("QuerySet[Breach]", seen.order_by(F("closed_at").desc(nulls_first=True), "notify_by"))


def breach_or_absent(breach_id: UUID, *, person: Person, at: datetime) -> Breach:
    """One breach; raises NotFound, also for those who may not open what is sensitive."""
    found = breaches(person, at=at).filter(public_id=breach_id).first()
    if found is None:
        raise NotFound(_("There is no such breach here."))
    return found


def breach_of(person: Person, case_id: UUID, *, at: datetime) -> Breach | None:
    """The breach that was opened from a case, as far as the person may know of it."""
    return breaches(person, at=at).filter(case__public_id=case_id).first()
