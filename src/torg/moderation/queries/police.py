"""Evidence packed for the police, for those who may see it."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.moderation.models import PolicePackage
from torg.people.models import Person
from torg.people.types import Permission


def packages(person: Person, *, at: datetime) -> QuerySet[PolicePackage]:
    """Packages of the pages where `person` may open what is sensitive, the newest first."""
    rows = PolicePackage.objects.visible_to(person, at=at, permission=Permission.OPEN_SENSITIVE)
    seen = rows.visible_to(person, at=at, permission=Permission.HIDE).select_related("made_by", "case")
    return cast("QuerySet[PolicePackage]", seen.order_by("-made_at", "-id"))


def package_or_absent(package_id: UUID, *, person: Person, at: datetime) -> PolicePackage:
    """One package; raises NotFound."""
    found = packages(person, at=at).filter(public_id=package_id).first()
    if found is None:
        raise NotFound(_("There is no such package here."))
    return found
