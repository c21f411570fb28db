"""How commands load rows for a change: locked, in one order, and only what the person may see."""

from collections.abc import Collection
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotAllowed, NotFound, Stale
from torg.dialogue.models import Item
from torg.moderation.models import Case, Decision, Proposal, Reading, Sanction, Target
from torg.people.models import Person

WITH = ("item__thread__connection__presence", "item__post", "author", "rule")


def a_person(by: Actor) -> Person:
    """Who acts, where the law wants a person; raises NotAllowed for rules and operators."""
    if not isinstance(by, Person):
        raise NotAllowed(_("Only a person can do this, signed in under their own name."))
    return by


def case_for_change(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """The case, locked; raises NotFound for one that is absent or out of sight."""
    return cases_for_change([case_id], by=by, at=at)[0]


def cases_for_change(case_ids: Collection[UUID], *, by: Actor, at: datetime) -> list[Case]:
    """The cases, locked in one order, so that two who take the same ones wait for each other.

    Raises NotFound when one of them is absent or out of sight.
    """
    rows = Case.objects.visible_to(by, at=at).filter(public_id__in=case_ids).select_related(*WITH)
    found = list(rows.select_for_update(of=("self",)).order_by("id"))
    if len(found) != len(set(case_ids)) or not found:
        raise NotFound(_("There is no such case here. Load the page again."))
    return found


def check_seen(case: Case, seen_version: int | None) -> None:
    """The collision stop: raises Stale when somebody has changed the case since the person saw it."""
    if seen_version is not None and seen_version != case.version:
        raise Stale(_("Somebody else has changed this case since you opened it. Load the page again to see what."))


def item_or_absent(item_id: UUID, *, by: Actor, at: datetime) -> Item:
    """The item, locked, so that two who point it out make one case; raises NotFound."""
    rows = Item.objects.visible_to(by, at=at).filter(public_id=item_id, is_placeholder=False)
    item = rows.select_related("thread__connection__presence").select_for_update(of=("self",)).first()
    if item is None:
        raise NotFound(_("There is no such item here."))
    return cast(Item, item)


def proposal_for_change(
    proposal_id: UUID, *, by: Actor, at: datetime, also: Collection[UUID] = ()
) -> tuple[Proposal, list[Case]]:
    """The proposal with its cases, and with others that are to join it, locked: the cases first, as all commands do.

    Raises NotFound.
    """
    seen = Proposal.objects.visible_to(by, at=at).filter(public_id=proposal_id).first()
    if seen is None:
        raise NotFound(_("There is no such proposal here."))
    own = Q(pk__in=Target.objects.filter(proposal=seen).values("case"))
    joining = Q(pk__in=Case.objects.visible_to(by, at=at).filter(public_id__in=also).values("pk"))
    rows = Case.objects.filter(own | joining).select_related(*WITH)
    cases = list(rows.select_for_update(of=("self",)).order_by("id"))
    if not {case.public_id for case in cases}.issuperset(also):
        raise NotFound(_("There is no such case here. Load the page again."))
    return Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by").get(pk=seen.pk), cases


def decision_for_change(decision_id: UUID, *, by: Actor, at: datetime) -> Decision:
    """The decision with its case, both locked, the case first. Raises NotFound."""
    seen = Decision.objects.visible_to(by, at=at).filter(public_id=decision_id).first()
    if seen is None:
        raise NotFound(_("There is no such decision here."))
    return decision_of(seen)


def decision_of(seen: Decision) -> Decision:
    """The same decision, locked with its case."""
    case = Case.objects.select_related(*WITH).select_for_update(of=("self",)).get(pk=seen.case_id)
    rows = Decision.objects.select_related("notice", "agreement__proposal", "target__passage")
    decision = rows.select_for_update(of=("self",)).get(pk=seen.pk)
    decision.case = case
    return cast(Decision, decision)


def sanction_for_change(sanction_id: UUID, *, by: Actor, at: datetime) -> Sanction:
    """The sanction, locked. Raises NotFound."""
    rows = Sanction.objects.visible_to(by, at=at).select_related("connection", "author", "decision")
    sanction = rows.select_for_update(of=("self",)).filter(public_id=sanction_id).first()
    if sanction is None:
        raise NotFound(_("There is no such sanction here."))
    return cast(Sanction, sanction)


def reading_for_change(name: str) -> Reading:
    """How far this table has been read; locked, so that one reader goes on at a time."""
    Reading.objects.get_or_create(name=name)
    return Reading.objects.select_for_update().get(name=name)
