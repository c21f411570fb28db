"""The words of the register: kinds, lines, goals, custody, checks, applications, what became of a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PresenceKind(models.TextChoices):
    """What sort of place it is; duties differ by kind."""

    MAIN_PAGE = "MAIN_PAGE", _("Main page")
    LOCAL_PAGE = "LOCAL_PAGE", _("Local page")
    CLOSED_GROUP = "CLOSED_GROUP", _("Closed group")
    SECRET_GROUP = "SECRET_GROUP", _("Secret group")
    PROFILE = "PROFILE", _("Profile")
    BLOG = "BLOG", _("Blog")
    RESERVED_NAME = "RESERVED_NAME", _("Name taken in reserve")


# Facebook closed its Groups API on 22 April 2024: what is written in groups is captured by hand.
WITHOUT_API = (PresenceKind.CLOSED_GROUP, PresenceKind.SECRET_GROUP)
GROUPS = WITHOUT_API


class Line(models.TextChoices):
    """Whether a leader speaks for the municipality there, or as a private person with the freedom of speech of all."""

    OFFICIAL = "OFFICIAL", _("Official: speaks for the municipality")
    PRIVATE = "PRIVATE", _("Private: the person's own, and no business of ours")


class Language(models.TextChoices):
    """The languages that a presence is written in."""

    NB = "nb", pgettext_lazy("language", "Norwegian Bokmål")
    NN = "nn", pgettext_lazy("language", "Norwegian Nynorsk")
    SE = "se", pgettext_lazy("language", "Northern Sámi")
    EN = "en", pgettext_lazy("language", "English")
    UK = "uk", pgettext_lazy("language", "Ukrainian")
    PL = "pl", pgettext_lazy("language", "Polish")
    OTHER = "other", pgettext_lazy("language", "Other languages")


class Measure(models.TextChoices):
    """What a goal counts (strategy A5)."""

    FOLLOWERS = "FOLLOWERS", _("Followers or members")
    REACH = "REACH", _("People reached")
    VIEWS = "VIEWS", _("Views")
    ENGAGEMENT = "ENGAGEMENT", _("Comments, shares and reactions")
    POSTS = "POSTS", _("Our own posts")
    IN_TIME = "IN_TIME", _("Questions answered in time")
    OTHER = "OTHER", _("Something else")


class Quantity(models.TextChoices):
    """What is counted of a page, by a platform or by us, in words that all of them share."""

    FOLLOWERS = "FOLLOWERS", pgettext_lazy("figure", "Followers")
    REACH = "REACH", _("People reached")
    VIEWS = "VIEWS", _("Views")
    POSTS = "POSTS", _("Our own posts")
    IN_TIME = "IN_TIME", _("Questions answered in time")


# In what each is told: a goal that takes its figure from a source needs no unit typed in.
UNITS = {
    Quantity.FOLLOWERS: pgettext_lazy("unit of measure", "followers"),
    Quantity.REACH: pgettext_lazy("unit of measure", "people"),
    Quantity.VIEWS: pgettext_lazy("unit of measure", "views"),
    Quantity.POSTS: pgettext_lazy("unit of measure", "posts"),
    Quantity.IN_TIME: pgettext_lazy("unit of measure", "per cent"),
}


class GoalEnd(models.TextChoices):
    """Why a goal is no longer worked for."""

    REACHED = "REACHED", _("It is reached")
    REPLACED = "REPLACED", _("Another goal takes its place")
    GIVEN_UP = "GIVEN_UP", _("It is given up")


class Keeping(models.TextChoices):
    """How the way in is kept. A choice and no text, so that nobody can type a password here."""

    OWN_ACCESS = "OWN_ACCESS", _("Each person has an access of their own")
    VAULT = "VAULT", _("A shared log-in, in the municipality's password store")
    ENVELOPE = "ENVELOPE", _("A shared log-in, sealed and locked away")
    ONE_PERSON = "ONE_PERSON", _("A shared log-in that one person knows")


class SecondFactor(models.TextChoices):
    """What is asked for besides the password."""

    NONE = "NONE", _("Nothing")
    APP = "APP", _("A code from an app")
    KEY = "KEY", _("A security key or passkey")
    SMS = "SMS", _("A code by text message")


class ProfilePoint(models.TextChoices):
    """What must stand on a profile (strategy C1); each is a column of the check."""

    NAME = "has_name", _("The name shows that the municipality runs it")
    LOGO = "has_logo", _("Logo and colours follow the profile")
    CONTACT = "has_contact", _("Other ways to reach us are given")
    HOURS = "has_hours", _("It says when questions are answered")
    RULES = "has_rules", _("The rules for discussion are linked")
    NO_APPLICATIONS = "has_no_applications", _("It says that this is no channel for applications and cases")


class Privacy(models.TextChoices):
    """What an assessment of privacy ended in (personvernforordningen art. 35)."""

    NO_NEED = "NO_NEED", _("No full assessment is needed")
    ACCEPTABLE = "ACCEPTABLE", _("Acceptable as it is")
    WITH_MEASURES = "WITH_MEASURES", _("Acceptable with the measures below")
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE", _("Not acceptable: it must change or close")


class ReviewOutcome(models.TextChoices):
    """What the yearly review ended in."""

    KEEP = "KEEP", _("Goes on as it is")
    CHANGE = "CHANGE", _("Goes on, with changes")
    MERGE = "MERGE", _("Should be merged into another")
    CLOSE = "CLOSE", _("Should be closed")


class SuccessionKind(models.TextChoices):
    """How one presence came from another, or got another name."""

    RENAMED = "RENAMED", _("Renamed")
    MERGED = "MERGED", _("Merged")
    SPLIT = "SPLIT", _("Split")
    REPLACED = "REPLACED", _("Replaced")


class Because(models.TextChoices):
    """What brought a succession about."""

    ORDINARY = "ORDINARY", _("An ordinary change")
    MUNICIPALITIES_MERGED = "MUNICIPALITIES_MERGED", _("Municipalities were merged")
    MUNICIPALITY_SPLIT = "MUNICIPALITY_SPLIT", _("The municipality was split")


class Followers(models.TextChoices):
    """What happens to those who follow a page that closes or merges."""

    MOVED = "MOVED", _("The platform moves them to the other page")
    TOLD = "TOLD", _("They are told where to go, in a last post")
    LEFT = "LEFT", _("They are not told")
    NONE = "NONE", _("There are none")


class Kept(models.TextChoices):
    """What happens to the records of a page that closes or merges."""

    ARCHIVED = "ARCHIVED", _("What must be archived is in the archive; the rest stays here")
    HANDED_OVER = "HANDED_OVER", _("Handed over to the municipality that takes over")
    NOTHING = "NOTHING", _("Nothing was written there")


class ExportState(models.TextChoices):
    """How far an export has come."""

    ORDERED = "ORDERED", _("Being made")
    READY = "READY", pgettext_lazy("export", "Ready")
    FAILED = "FAILED", _("Could not be made")
    EXPIRED = "EXPIRED", pgettext_lazy("export", "Erased")


class ApplicationState(models.TextChoices):
    """How far an application has come."""

    SENT = "SENT", _("Waits for a decision")
    APPROVED = "APPROVED", pgettext_lazy("application", "Approved")
    REFUSED = "REFUSED", pgettext_lazy("application", "Refused")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("application", "Withdrawn")


class Gap(models.TextChoices):
    """What the register lacks about a presence, or what is due there."""

    OWNER = "OWNER", _("Nobody owns it")
    LINE = "LINE", _("Official or private is not decided")
    ADMINISTRATORS = "ADMINISTRATORS", _("Fewer than two administrators")
    CUSTODY = "CUSTODY", _("Nobody knows how the log-in is kept")
    SECOND_FACTOR = "SECOND_FACTOR", _("The log-in has no second step")
    PROFILE = "PROFILE", _("The profile is not checked, or not in order")
    PRIVACY = "PRIVACY", _("Privacy is not assessed")
    TERMS = "TERMS", _("The group has no terms")
    GOAL = "GOAL", _("No goal")
    MEASUREMENT = "MEASUREMENT", _("A goal is not measured")
    REVIEW = "REVIEW", _("The yearly review is due")
