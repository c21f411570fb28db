"""Persons and their log-ins, units, scopes, dated roles and stand-ins, calendars, duty."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.people.types import Role


class Municipality(models.Model):
    """The one public body that this installation serves (kommune)."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    organisation_number = models.CharField(max_length=9, blank=True)
    language = models.CharField(max_length=2, default="nb")
    colour = models.CharField(max_length=7, default="#0062ba")
    arms_sha256 = models.CharField(max_length=64, blank=True)
    is_fictional = models.BooleanField(default=False)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_address = models.CharField(max_length=200, blank=True)
    is_set_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="one_municipality", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of the municipality (enhet), such as the service office or a school."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who works here; may have several log-ins, is always one person."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=30, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    language = models.CharField(max_length=2, default="nb")
    left_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def actor_kind(self) -> str:
        return "person"

    @property
    def actor_ref(self) -> str:
        return str(self.public_id)


class LoginManager(BaseUserManager["Login"]):
    """Makes log-ins; each comes with its person, whom every page asks for."""

    def get_queryset(self) -> models.QuerySet["Login"]:
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Login":
        """A log-in with a hashed password, or with none that works when `password` is None."""
        login = self.model(email=self.normalize_email(email), **fields)
        login.set_password(password)
        login.save(using=self._db)
        return login


class Login(AbstractBaseUser):
    """A way for a person to sign in (innlogging)."""

    email = models.EmailField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="logins")
    is_active = models.BooleanField(default=True)
    # Issuer and subject at an OpenID Connect provider, when this log-in comes from one.
    provider = models.CharField(max_length=255, blank=True)
    subject = models.CharField(max_length=255, blank=True)

    objects = LoginManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_login_per_subject", fields=["provider", "subject"], condition=~Q(subject="")
            ),
        ]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email


class Scope(models.Model):
    """What a role reaches: one page, group or profile. Its id says nothing; `name` is handed down by the registry."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    name = models.CharField(max_length=120, blank=True)
    is_secret = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.id)


class InForce(models.QuerySet[Any]):
    """Rows with `from_at` and `until_at`, of which some hold at a given moment."""

    def in_force(self, at: datetime) -> Self:
        """Those that have begun and not ended at `at`."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


class Agreed(InForce):
    """Role assignments: one that lets a person agree to deletions holds only once a second person has agreed to it."""

    def in_force(self, at: datetime) -> Self:
        """Those that have begun, not ended, and do not wait for a second person."""
        return super().in_force(at).filter(is_waiting=False)

    def waiting(self) -> Self:
        """Those that wait for a second person."""
        return self.filter(is_waiting=True, until_at=None)


class RoleAssignment(models.Model):
    """A role that a person has, in one scope or (scope empty) in all that are not secret, from and until a date.

    The officer's and the deputy's unscoped role reaches secret scopes too (strategy C9). Whoever gives the right
    to agree to deletions does not do so alone (strategy B3): the row waits until someone else has agreed.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    scope = models.ForeignKey(Scope, null=True, blank=True, on_delete=models.PROTECT, related_name="roles")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="roles_given")
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="roles_agreed")
    is_waiting = models.BooleanField(default=False)

    objects = Agreed.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="two_people_give_the_right_to_agree", condition=~Q(agreed_by=F("given_by"))),
            models.CheckConstraint(
                name="role_ends_after_it_begins", condition=Q(until_at=None) | Q(until_at__gt=F("from_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class StandIns(InForce):
    """Stand-ins; one lends the right to agree to deletions only once a second person has agreed to it."""

    def agreed(self) -> Self:
        """Those that lend the right to agree to deletions too."""
        return self.exclude(agreed_at=None)


class StandIn(models.Model):
    """Somebody who has another's roles while that person is away (stedfortreder).

    The right to agree to deletions among them waits until somebody else has agreed (strategy B3): `agreed_at` is set
    then, or at once when an operator at the server names the stand-in, and it covers the roles held at that moment.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    absent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stands_in_for")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    named_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects = StandIns.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="absence_ends_after_it_begins", condition=Q(until_at__gt=F("from_at"))),
            models.CheckConstraint(name="nobody_stands_in_for_oneself", condition=~Q(absent=F("stand_in"))),
            models.CheckConstraint(
                name="a_third_agrees_to_a_stand_in",
                condition=Q(agreed_by=None)
                | ~Q(agreed_by=F("absent")) & ~Q(agreed_by=F("stand_in")) & ~Q(agreed_by=F("named_by")),
            ),
            models.CheckConstraint(
                name="one_person_alone_lends_no_agreement",
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(agreed_at__isnull=False) & (Q(agreed_by__isnull=False) | Q(named_by=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stand_in_id} for {self.absent_id}"


class CalendarKind(models.TextChoices):
    """Two calendars, two words."""

    OPENING = "OPENING", _("Opening hours")
    ANSWERING = "ANSWERING", _("Answering hours")


class CalendarRow(models.Model):
    """Opening hours (åpningstid) or answering hours (svartid) of a unit, or of all (unit empty), from a moment on.

    `definition` is the JSON that `torg.core.calendar` reads. A row is never changed: a new one takes over.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=CalendarKind)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="calendars")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    definition = models.JSONField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)

    objects = InForce.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} from {self.from_at:%Y-%m-%d}"


class Duty(models.Model):
    """Somebody who can be alarmed at any hour (vakt)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    order = models.PositiveSmallIntegerField(default=1)

    objects = InForce.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="duty_ends_after_it_begins", condition=Q(until_at__gt=F("from_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.from_at:%Y-%m-%d %H:%M}"
