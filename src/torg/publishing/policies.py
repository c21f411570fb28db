"""Rules on who may do what with articles, and when one may go out; `check_…` raises."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.people import queries as people
from torg.people.models import Person
from torg.people.policies import NOT_INCLUDED, check_may
from torg.people.types import Permission
from torg.publishing import approval, checking
from torg.publishing.models import Article, ArticleState, ArticleVersion


class NotPassed(Invalid):
    """The check of language and accessibility refuses it."""


def check_can_write(by: Actor, scope_id: UUID, *, at: datetime) -> None:
    """Whoever may publish on the page may write for it."""
    check_may(by, Permission.PUBLISH, scope_id=scope_id, at=at)


def check_may_anywhere(by: Person, permission: Permission, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` has the permission on some page."""
    if not people.may_anywhere(by, permission, at=at):
        raise NotAllowed(str(NOT_INCLUDED))


def check_can_keep_plan(by: Actor, scope_id: UUID | None, *, at: datetime) -> None:
    """Topics, goals and rules are decided by those who answer for them."""
    check_may(by, Permission.KEEP_PLAN, scope_id=scope_id, at=at)


def check_can_approve(by: Person, article: Article, version: ArticleVersion, *, at: datetime) -> None:
    """Somebody with the right, who did not write this version."""
    check_may(by, Permission.APPROVE_POSTS, scope_id=article.scope_id, at=at)
    if version.made_by_id == by.pk:
        raise NotAllowed(_("You wrote this version yourself. Somebody else must approve it."))


def check_can_send_back(by: Person, article: Article, *, at: datetime) -> None:
    """Whoever may approve may ask for changes, also of what they wrote themselves."""
    check_may(by, Permission.APPROVE_POSTS, scope_id=article.scope_id, at=at)


def check_can_override(by: Person, article: Article, *, at: datetime) -> None:
    """The information officer only."""
    check_may(by, Permission.OVERRIDE_GATE, scope_id=article.scope_id, at=at)


def check_is_approved(article: Article, version: ArticleVersion, *, at: datetime) -> None:
    """Raise InvalidTransition when just this version lacks approvals that the rule in force asks for."""
    standing = approval.standing_of(article, version, at=at)
    if not standing.is_enough:
        raise InvalidTransition(
            ngettext(
                "%(count)d more person must approve this version before it can be published.",
                "%(count)d more people must approve this version before it can be published.",
                standing.missing,
            )
            % {"count": standing.missing}
        )


def check_passes(article: Article, version: ArticleVersion, *, at: datetime) -> None:
    """Raise NotPassed when the gate refuses something that the information officer has not let past."""
    left = checking.refusals_left(article, version, at=at)
    if left:
        raise NotPassed(
            ngettext(
                "One thing must be mended before this can be published. See the list under the text.",
                "%(count)d things must be mended before this can be published. See the list under the text.",
                len(left),
            )
            % {"count": len(left)}
        )


def check_can_be_assigned(person: Person, article: Article, *, at: datetime) -> None:
    """Raise Invalid for somebody who cannot write on the page."""
    if not people.may(person, Permission.PUBLISH, scope_id=article.scope_id, at=at):
        raise Invalid(_("This person has no role on the page. Give them one first, or choose somebody else."))


def check_is_unpublished(article: Article) -> None:
    """Raise InvalidTransition when it is out, or has been."""
    if article.state in {ArticleState.PUBLISHED, ArticleState.WITHDRAWN}:
        raise InvalidTransition(_("This is published already. Load the page again."))
