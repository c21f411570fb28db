"""Which rule of approval holds, and whether a version has what it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from torg.core.actors import Actor
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Role
from torg.publishing.models import ApprovalRule, Article, ArticleVersion

# Until the municipality has decided otherwise: one other person, unless the officer or the deputy wrote it.
NEEDED_AT_FIRST = 1
ALONE_AT_FIRST = (Role.OFFICER, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rule in force asks for."""

    approvals_needed: int
    alone_roles: Sequence[str]
    rule_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a version has come: `given` of `needed` approvals by others than whoever wrote it."""

    needed: int
    given: int
    is_alone: bool

    @property
    def is_enough(self) -> bool:
        return self.is_alone or self.given >= self.needed

    @property
    def missing(self) -> int:
        """How many more must approve."""
        return 0 if self.is_enough else self.needed - self.given


def asked_of(article: Article, *, at: datetime) -> Asked:
    """What holds for this article: the rule for its page and topic, else its page, else its topic, else for all."""
    reaching = ApprovalRule.objects.in_force(at).filter(
        Q(scope_id=article.scope_id) | Q(scope=None), Q(topic_id=article.topic_id) | Q(topic=None)
    )
    rules = sorted(reaching, key=lambda rule: (rule.scope_id is None, rule.topic_id is None, -rule.id))
    if not rules:
        return Asked(NEEDED_AT_FIRST, ALONE_AT_FIRST)
    return Asked(rules[0].approvals_needed, rules[0].alone_roles, rules[0].public_id)


def standing_of(article: Article, version: ArticleVersion, *, at: datetime) -> Standing:
    """Whether this version may be published now, by the rule in force now.

    An approval that a crisis policy allowed is enough in itself: `publish_now` has asked whether it holds.
    """
    asked = asked_of(article, at=at)
    approvals = [row for row in version.approvals.all() if row.approved_by_id != version.made_by_id]
    is_alone = version.made_by is not None and may_alone(version.made_by, asked, article.scope_id, at=at)
    is_by_crisis = any(row.allowed_by == "crisis" for row in version.approvals.all())
    return Standing(asked.approvals_needed, len(approvals), is_alone or is_by_crisis)


def may_alone(by: Actor, asked: Asked, scope_id: UUID, *, at: datetime) -> bool:
    """Whether `by` has one of the roles that need nobody else here. No rule of the software ever has."""
    if not isinstance(by, Person) or (by.left_at is not None and by.left_at <= at):
        return False
    held = people.roles_held(by, at=at).filter(Q(scope_id=scope_id) | Q(scope=None))
    return held.filter(role__in=list(asked.alone_roles)).exists()
