"""The municipality, its units, persons and their log-ins."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from torg.core import ids


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
