"""The lists of hosts that links are held against: what is listed, by which change, and files that wait."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.core import ids
from torg.detectors import HostKind
from torg.people.models import Person


class ListKind(models.TextChoices):
    """The lists of `torg.detectors.HostKind`, as people call them."""

    BLOCKED = HostKind.BLOCKED.value, pgettext_lazy("host", "Blocked")
    TRUSTED = HostKind.TRUSTED.value, pgettext_lazy("host", "Trusted")
    SHORTENER = HostKind.SHORTENER.value, pgettext_lazy("host", "Short link service")


class HostWay(models.TextChoices):
    """How a change of the lists was made."""

    BY_HAND = "BY_HAND", _("Listed by hand")
    FROM_FILE = "FROM_FILE", _("Taken over from a file")
    TAKEN_OFF = "TAKEN_OFF", _("Taken off the list")


class HostChange(models.Model):
    """One change of the lists (endring i lenkelistene): who, when, and how many hosts. Append-only.

    The newest one is the version of the lists.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    kind = models.CharField(max_length=9, choices=ListKind)
    way = models.CharField(max_length=9, choices=HostWay)
    reason = models.CharField(max_length=300, blank=True)
    listed = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="host_change_kind_is_known", condition=Q(kind__in=ListKind.values)),
            models.CheckConstraint(
                name="blocking_a_host_says_why", condition=~Q(kind=ListKind.BLOCKED, listed__gt=0) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ListedHost(models.Model):
    """One host on a list, with all that lies under it (lenkeliste; strategy F6). Never deleted: it is taken off.

    `name` is as the network knows it. `reason` is told to colleagues, and is a file's own where it had one.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=253)
    kind = models.CharField(max_length=9, choices=ListKind)
    reason = models.CharField(max_length=300, blank=True)
    listed_in = models.ForeignKey(HostChange, on_delete=models.PROTECT, related_name="hosts")
    ended_in = models.ForeignKey(HostChange, null=True, on_delete=models.PROTECT, related_name="ended_hosts")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_host_is_on_one_list", fields=["name"], condition=Q(ended_in=None)),
            models.CheckConstraint(
                name="a_host_is_named_as_the_network_does", condition=Q(name__regex=r"^[a-z0-9.:_-]+$")
            ),
            models.CheckConstraint(
                name="a_blocked_host_has_a_reason", condition=~Q(kind=ListKind.BLOCKED) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HostFile(models.Model):
    """A file of hosts that has been read and waits for somebody to take it over, or was dropped.

    `hosts` holds the names while it waits; `reasons` those that the file gives, at the same places; `refused` the
    numbers of the first lines that could not be read.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    kind = models.CharField(max_length=9, choices=ListKind)
    reason = models.CharField(max_length=300, blank=True)
    hosts = ArrayField(models.CharField(max_length=253), default=list)
    reasons = ArrayField(models.CharField(max_length=300, blank=True), default=list)
    refused = ArrayField(models.PositiveIntegerField(), default=list)
    refused_count = models.PositiveIntegerField(default=0)
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    change = models.OneToOneField(HostChange, null=True, on_delete=models.PROTECT, related_name="file")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_file_of_hosts_is_emptied_when_it_ends", condition=Q(ended_at=None) | Q(hosts=[], reasons=[])
            ),
            models.CheckConstraint(
                name="a_file_of_hosts_is_taken_over_when_it_ends", condition=Q(change=None) | Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
