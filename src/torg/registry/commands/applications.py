"""Applying to open a page, group or profile, and deciding it (strategy C1, C2, C5)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, NotAllowed
from torg.people import commands as people
from torg.people import notifying
from torg.people import queries as rights
from torg.people.acting import person_or_none
from torg.people.models import Person, Scope, Unit
from torg.people.types import NotificationKind, Permission, Role
from torg.registry import checking, events, loading, opening, policies
from torg.registry.models import Application, Details, GroupTerms, PresenceKind
from torg.registry.types import Description, Wish
from torg.registry.words import GROUPS, ApplicationState

# The main page is there already, and a name is taken in reserve by the officer alone.
APPLIED_FOR = (
    PresenceKind.LOCAL_PAGE,
    PresenceKind.CLOSED_GROUP,
    PresenceKind.SECRET_GROUP,
    PresenceKind.PROFILE,
    PresenceKind.BLOG,
)


@transaction.atomic
def apply(*, wish: Wish, by: Person, at: datetime) -> Application:
    """Apply to open a page, group or profile (søknad). Anybody who works here may; those who decide are told.

    Raises Invalid without both commitments, weekly posts, or what the form asks for, and while the same application
    from the same person waits for an answer: a second click is no second application.
    """
    _check_commitments(wish)
    unit = _check_wish(wish)
    _check_none_waits(wish.description, by=by)
    scope = Scope.objects.create(is_secret=wish.description.kind == PresenceKind.SECRET_GROUP)
    terms = wish.terms
    application = Application.objects.create(
        scope=scope,
        kind=wish.description.kind,
        name=wish.description.name.strip(),
        purpose=wish.description.purpose.strip(),
        unit=unit,
        owner=wish.owner,
        target_groups=wish.target_groups.strip(),
        why_not_main_page=wish.why_not_main_page.strip(),
        posts_per_week=wish.posts_per_week,
        legal_ground=terms.legal_ground if terms else "",
        members=terms.members if terms else "",
        pictures=terms.pictures if terms else "",
        sent_by=by,
        sent_at=at,
    )
    facts = {"kind": wish.description.kind.value}
    audit.record(events.APPLICATION_SENT, actor=by, scope=scope.id, target=application, at=at, facts=facts)
    _tell_deciders(application, at=at)
    return application


@transaction.atomic
def approve_application(*, application_id: UUID, reasons: str = "", by: Actor, at: datetime) -> Application:
    """Approve: the presence is registered with all that was applied for, and its owner becomes its administrator.

    Raises NotFound, NotAllowed for the applicant and those who do not manage all presences, InvalidTransition when
    somebody else has decided meanwhile.
    """
    application = loading.application(application_id, by=by, at=at)
    policies.check_can_decide(by, application, at=at)
    application.move_to(ApplicationState.APPROVED)
    _register(application, by=by, at=at)
    _decide(application, reasons=reasons, by=by, at=at)
    facts = {"presence": str(application.presence.public_id) if application.presence else ""}
    audit.record(
        events.APPLICATION_APPROVED, actor=by, scope=application.scope_id, target=application, at=at, facts=facts
    )
    return application


@transaction.atomic
def refuse_application(
    *, application_id: UUID, reasons: str, is_advised_main_page: bool = False, by: Actor, at: datetime
) -> Application:
    """Refuse, with reasons; the advice can be to use the main page (strategy C4).

    Raises NotFound, NotAllowed as for an approval, Invalid without reasons, InvalidTransition when it is decided.
    """
    application = loading.application(application_id, by=by, at=at)
    policies.check_can_decide(by, application, at=at)
    checking.check_written(reasons, "reasons")
    application.move_to(ApplicationState.REFUSED)
    application.is_advised_main_page = is_advised_main_page
    _decide(application, reasons=reasons, by=by, at=at)
    facts = {"main_page": int(is_advised_main_page)}
    audit.record(
        events.APPLICATION_REFUSED, actor=by, scope=application.scope_id, target=application, at=at, facts=facts
    )
    return application


@transaction.atomic
def withdraw_application(*, application_id: UUID, by: Actor, at: datetime) -> Application:
    """Withdraw what one has applied for. Raises NotFound, NotAllowed for others, InvalidTransition when decided."""
    application = loading.application(application_id, by=by, at=at)
    if not isinstance(by, Person) or by.pk != application.sent_by_id:
        raise NotAllowed(_("Only the person who applied can withdraw it."))
    application.move_to(ApplicationState.WITHDRAWN)
    application.save(update_fields=["state"])
    audit.record(events.APPLICATION_WITHDRAWN, actor=by, scope=application.scope_id, target=application, at=at)
    return application


def _register(application: Application, *, by: Actor, at: datetime) -> None:
    kind = PresenceKind(application.kind)
    description = Description(name=application.name, kind=kind, purpose=application.purpose, unit=application.unit)
    presence = opening.register(description, scope=application.scope, at=at)
    Details.objects.create(
        presence=presence,
        scope_id=presence.scope_id,
        owner=application.owner,
        target_groups=application.target_groups,
    )
    if kind in GROUPS:
        GroupTerms.objects.create(
            presence=presence,
            scope_id=presence.scope_id,
            legal_ground=application.legal_ground,
            members=application.members,
            pictures=application.pictures,
            needs_consent=True,
            recorded_by=person_or_none(by),
            recorded_at=at,
        )
    # Whoever owns it must see it, and the list of what it lacks.
    people.give_role(person=application.owner, role=Role.PAGE_ADMINISTRATOR, scope=presence.scope, by=by, at=at)
    application.presence = presence


def _decide(application: Application, *, reasons: str, by: Actor, at: datetime) -> None:
    application.reasons = reasons.strip()
    application.decided_by, application.decided_at = person_or_none(by), at
    application.save(update_fields=["state", "presence", "reasons", "is_advised_main_page", "decided_by", "decided_at"])
    _tell_of_decision(application, at=at)


def _tell_deciders(application: Application, *, at: datetime) -> None:
    asking = {application.sent_by_id}
    told = [
        one
        for one in rights.holders(Permission.MANAGE_PRESENCE, at=at).exclude(pk__in=asking)
        if rights.may(one, Permission.MANAGE_PRESENCE, scope_id=application.scope_id, at=at)
    ]
    key, path = str(application.public_id), reverse("registry:application", args=[application.public_id])
    notifying.tell(told, NotificationKind.APPLICATION_SENT, path=path, key=key, at=at)


def _tell_of_decision(application: Application, *, at: datetime) -> None:
    """Tell the owner of a page that now is, where its list of what is missing stands; and whoever applied."""
    key, kind = str(application.public_id), NotificationKind.APPLICATION_DECIDED
    if application.presence is not None:
        path = reverse("registry:presence", args=[application.presence.public_id])
        notifying.tell([application.owner], kind, path=path, key=key, at=at)
    path = reverse("registry:application", args=[application.public_id])
    notifying.tell([application.sent_by], kind, path=path, key=key, at=at)


def _check_commitments(wish: Wish) -> None:
    if not wish.answers_next_working_day:
        raise Invalid(
            _("Whoever opens a page answers by the next working day. Use the main page if you cannot."),
            field="answers_next_working_day",
        )
    if not wish.follows_profile:
        raise Invalid(_("Every page follows the municipality's profile and strategy."), field="follows_profile")
    if wish.posts_per_week < 1:
        raise Invalid(
            _("Whoever opens a page posts at least once a week. Use the main page if you cannot."),
            field="posts_per_week",
        )


def _check_none_waits(wanted: Description, *, by: Person) -> None:
    # Locked, so that of two clicks one waits for the other.
    applicant = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    waiting = applicant.applications.filter(state=ApplicationState.SENT, kind=wanted.kind)
    if waiting.filter(name__iexact=wanted.name.strip()).exists():
        raise Invalid(
            _("You have applied for this already. Withdraw that application first if you want to change it."),
            field="name",
        )


def _check_wish(wish: Wish) -> Unit:
    if wish.description.kind not in APPLIED_FOR:
        raise Invalid(_("This sort of page is not applied for. Ask the information officer."), field="kind")
    opening.check(wish.description)
    if wish.description.unit is None:
        raise Invalid(_("Choose the unit that owns the page."), field="unit")
    checking.check_written(wish.description.purpose, "purpose")
    checking.check_written(wish.target_groups, "target_groups")
    checking.check_written(wish.why_not_main_page, "why_not_main_page")
    if wish.description.kind in GROUPS:
        if wish.terms is None:
            raise Invalid(_("A group needs a ground, rules for members, and a routine for pictures."))
        checking.check_terms(wish.terms)
    return wish.description.unit
