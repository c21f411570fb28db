"""The words that somebody has put the notices of a proposal in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.moderation.models import NoticeWording, Proposal, Target
from torg.people.models import Person

AROUND = ("passage__rule", "rule_when_posted__rule", "proposal", "case__author")
ITEM = ("case__item__thread__connection", "case__item__assessment")


@dataclass(frozen=True, slots=True)
class Wordings:
    """Every version, the newest first, and the newest of each language; `count` is what whoever agrees has seen."""

    versions: Sequence[NoticeWording]

    @property
    def count(self) -> int:
        """How many versions there are, in all languages."""
        return len(self.versions)

    @property
    def newest(self) -> Mapping[str, NoticeWording]:
        """By language."""
        return {version.language: version for version in reversed(self.versions)}


def wordings_of(proposal: Proposal) -> Wordings:
    """The versions of the words of a proposal's notices; none where Torg's own words are sent."""
    rows = NoticeWording.objects.filter(proposal=proposal).select_related("written_by")
    return Wordings(list(rows.order_by("-written_at", "-id")))


def proposal_or_absent(person: Person, proposal_id: UUID, *, at: datetime) -> Proposal:
    """The proposal as the person may see it; raises NotFound."""
    rows = Proposal.objects.visible_to(person, at=at).select_related("proposed_by", "revises", "revised_by")
    found: Proposal | None = rows.filter(public_id=proposal_id).first()
    if found is None:
        raise NotFound(_("There is no such proposal here."))
    return found


def targets_of(proposal: Proposal) -> list[Target]:
    """The texts that it concerns, with all that their notices tell of them."""
    rows = Target.objects.filter(proposal=proposal).select_related(*AROUND, *ITEM)
    return list(rows.order_by("id"))
