"""The rulebook: numbered rules, each with the versions that have stood and the one that is worked on."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from torg.core import ids
from torg.moderation.types import LANGUAGES, Basis, RuleDraft, RuleState, Severity, Wording
from torg.people.models import Person

_S = RuleState
NEXT_STATES: dict[RuleState, set[RuleState]] = {_S.DRAFT: {_S.PUBLISHED}, _S.PUBLISHED: set()}


class Rule(models.Model):
    """One rule of the discussion (regel i reglementet; strategy F1–F9). Its code and number never change.

    `finding_kinds` are the kinds of findings that can touch it (`torg.detectors.Kind`).
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    code = models.SlugField(max_length=30, unique=True)
    number = models.PositiveSmallIntegerField(unique=True)
    finding_kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.number} {self.code}"


class RuleVersionQuerySet(models.QuerySet[Any]):
    """Versions by when they hold."""

    def published(self) -> Self:
        """Those that everyone may read."""
        return self.filter(state=RuleState.PUBLISHED)

    def in_force(self, at: datetime) -> Self:
        """The version of each rule that holds at `at`, by the rules' numbers."""
        newest = self.model.objects.published().filter(rule=OuterRef("rule"), valid_from__lte=at)
        return (
            self.published()
            .filter(pk=Subquery(newest.order_by("-valid_from").values("pk")[:1]))
            .filter(Q(ended_at=None) | Q(ended_at__gt=at))
            .select_related("rule")
            .order_by("rule__number")
        )


class RuleVersion(models.Model):
    """What a rule says from `valid_from` until the next version begins or until it is withdrawn.

    A published version is never changed: the database refuses all but the moment at which it was withdrawn. One that
    nobody in person has published (`published_by` empty) was adopted at set-up.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RuleState, default=RuleState.DRAFT)
    basis = models.CharField(max_length=6, choices=Basis)
    severity = models.CharField(max_length=8, choices=Severity)
    title_nb = models.CharField(max_length=120)
    title_nn = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    text_nb = models.TextField(blank=True)
    text_nn = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    breaches_nb = models.TextField(blank=True)
    breaches_nn = models.TextField(blank=True)
    breaches_en = models.TextField(blank=True)
    allowed_nb = models.TextField(blank=True)
    allowed_nn = models.TextField(blank=True)
    allowed_en = models.TextField(blank=True)
    law_nb = models.CharField(max_length=300, blank=True)
    law_nn = models.CharField(max_length=300, blank=True)
    law_en = models.CharField(max_length=300, blank=True)
    notice_nb = models.TextField(blank=True)
    notice_nn = models.TextField(blank=True)
    notice_en = models.TextField(blank=True)
    # Whether somebody has read the legal reference in the law itself.
    is_law_checked = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    valid_from = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="versions_of_a_rule_are_numbered", fields=["rule", "number"]),
            models.UniqueConstraint(name="one_draft_of_a_rule", fields=["rule"], condition=Q(state=RuleState.DRAFT)),
            models.UniqueConstraint(
                name="one_version_begins_at_a_time", fields=["rule", "valid_from"], condition=~Q(valid_from=None)
            ),
            models.CheckConstraint(
                name="published_rules_are_dated",
                condition=Q(state=RuleState.DRAFT, published_at=None, valid_from=None, ended_at=None)
                | Q(state=RuleState.PUBLISHED, published_at__isnull=False, valid_from__isnull=False),
            ),
            models.CheckConstraint(
                name="published_rules_are_worded_in_every_language",
                condition=Q(state=RuleState.DRAFT)
                | ~(Q(title_nb="") | Q(title_nn="") | Q(title_en="") | Q(text_nb="") | Q(text_nn="") | Q(text_en="")),
            ),
            models.CheckConstraint(
                name="published_rules_word_notices_in_all_languages_or_none",
                condition=Q(state=RuleState.DRAFT)
                | Q(notice_nb="", notice_nn="", notice_en="")
                | ~(Q(notice_nb="") | Q(notice_nn="") | Q(notice_en="")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="versions_by_beginning", fields=["rule", "-valid_from"], condition=~Q(valid_from=None)),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}.{self.number}"

    def wording(self, language: str) -> Wording:
        """What it says in `language`; in bokmål for a language in which we do not write rules."""
        code = language if language in LANGUAGES else "nb"
        return Wording(*(getattr(self, f"{part}_{code}") for part in Wording.__slots__))

    def word(self, draft: RuleDraft) -> None:
        """Say what `draft` says."""
        for language, wording in draft.wordings.items():
            for part in Wording.__slots__:
                setattr(self, f"{part}_{language}", getattr(wording, part).strip())
        self.basis, self.severity, self.is_law_checked = draft.basis, draft.severity, draft.is_law_checked

    def as_draft(self) -> RuleDraft:
        """What it says, to begin the next version from."""
        wordings = {language: self.wording(language) for language in LANGUAGES}
        return RuleDraft(wordings, Basis(self.basis), Severity(self.severity), self.is_law_checked)

    @property
    def is_complete(self) -> bool:
        """Whether it has a title and a text in every language, and words for notices in all of them or in none."""
        wordings = [self.wording(language) for language in LANGUAGES]
        return all(each.title and each.text for each in wordings) and len({bool(each.notice) for each in wordings}) == 1
