"""The entries of the staff's navigation, in order; each room that gets a page of its own adds its line here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.people.types import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its word, the name of its page, its icon, and the permission without which it is not shown.

    `room` begins the addresses of the other pages that belong under it, and `pages` are shown as a row of their own
    while one is there. `is_for_all`: the page belongs to no single presence, and asks for the permission as a whole.
    """

    label: Promise
    page: str
    icon: str
    permission: Permission | None = None
    room: str = ""
    pages: tuple["Entry", ...] = ()
    is_for_all: bool = False


MODERATION: tuple[Entry, ...] = (
    Entry(pgettext_lazy("what waits to be judged", "Cases"), "desk:moderation", "shield", Permission.READ),
    Entry(_("Reports from citizens"), "moderation:tips", "inbox", Permission.HANDLE, is_for_all=True),
    Entry(_("Complaints"), "moderation:complaints", "comment", Permission.JUDGE),
    Entry(_("Shut out now"), "desk:sanctions", "lock", Permission.READ),
    Entry(_("Breaches of personal data"), "moderation:breaches", "mask", Permission.OPEN_SENSITIVE),
    Entry(_("The rulebook"), "moderation:rules", "page", Permission.READ),
    Entry(_("Lists of hosts"), "triage:hosts", "lock", Permission.READ),
    Entry(_("In figures"), "moderation:transparency", "history", Permission.READ),
    Entry(_("Time limits"), "moderation:terms", "clock", Permission.READ),
)

PUBLISHING: tuple[Entry, ...] = (
    Entry(pgettext_lazy("of what is to be published", "The plan"), "publishing:plan", "today", Permission.PUBLISH),
    Entry(_("Orders"), "publishing:orders", "inbox"),
    Entry(_("Tips to the main page"), "publishing:tips", "star", Permission.READ),
    Entry(_("Media library"), "media:index", "picture", Permission.READ, "/media/"),
    Entry(_("How posts have done"), "publishing:figures", "history", Permission.PUBLISH),
    Entry(_("The public site"), "site:publication", "screen", Permission.PUBLISH, "/site/"),
    Entry(_("Topics, goals and rules"), "publishing:settings", "settings", Permission.PUBLISH),
)

PRESENCES: tuple[Entry, ...] = (
    Entry(_("Pages we run"), "registry:index", "page", Permission.READ, "/presences/"),
    Entry(_("Applications to open a page"), "registry:applications", "page", None, "/applications/"),
    Entry(_("Goals"), "registry:all-goals", "star", Permission.READ, "/goals/"),
    Entry(_("Duties"), "oversight:index", "flag", Permission.READ, "/oversight/pages/"),
    Entry(_("Breaches"), "oversight:breaches", "warning", Permission.READ),
    Entry(_("Watch rounds"), "oversight:rounds", "eye", Permission.READ),
    Entry(_("Groups"), "oversight:groups", "lock", Permission.READ),
    Entry(_("Access"), "oversight:access", "key", Permission.READ_AUDIT),
    Entry(_("Emergency access"), "oversight:emergencies", "danger"),
    Entry(_("What duties ask for"), "oversight:rules", "settings", Permission.READ),
)

CHANNELS: tuple[Entry, ...] = (
    Entry(_("Channels"), "desk:channels", "plug", Permission.READ),
    Entry(_("On its way out"), "desk:outbox", "send", Permission.ANSWER),
    Entry(_("Inbox settings"), "inbox:canned", "settings", Permission.ANSWER, "/inbox/settings/"),
    Entry(_("Integrations"), "api:index", "key", Permission.MANAGE_API),
)

ARCHIVE: tuple[Entry, ...] = (
    Entry(_("Assessments, journal and archive"), "records:assessments", "archive", Permission.JOURNAL, "/records/"),
    Entry(_("Public journal and access"), "openness:publication", "eye", Permission.JOURNAL, "/openness/"),
)

ENTRIES: tuple[Entry, ...] = (
    Entry(_("Today"), "desk:today", "today"),
    Entry(_("Queue"), "desk:queue", "inbox", Permission.READ),
    Entry(_("Moderation"), "desk:moderation", "shield", Permission.READ, "/moderation/", MODERATION),
    Entry(_("Publishing"), "publishing:plan", "page", Permission.PUBLISH, "/publishing/", PUBLISHING),
    Entry(_("Pages we run"), "registry:index", "page", Permission.READ, "/oversight/", PRESENCES),
    Entry(_("Channels"), "desk:channels", "plug", Permission.READ, "", CHANNELS),
    Entry(_("Archive"), "records:assessments", "archive", Permission.JOURNAL, "/records/", ARCHIVE),
    Entry(_("Guidance"), "guidance:poster", "question", None, "/guidance/"),
    Entry(_("Crisis"), "crisis:index", "danger", Permission.READ, "/crisis/"),
    Entry(_("People"), "people:index", "people", Permission.MANAGE_PEOPLE),
    Entry(pgettext_lazy("of all that was done", "Log"), "desk:log", "history", Permission.READ_AUDIT),
)

# What stands in the menu under one's own name.
OWN_ENTRIES: tuple[Entry, ...] = (
    Entry(_("Absence"), "people:absence", "pause"),
    Entry(_("Order a post on the main page"), "publishing:orders", "plus"),
    Entry(_("What you are told by e-mail"), "people:notifications", "send"),
    Entry(_("When you are called out"), "people:own-phone", "phone"),
    Entry(_("The week in figures"), "desk:digest", "history", Permission.JUDGE),
    Entry(_("Hard pictures and texts"), "moderation:viewing", "eye"),
    Entry(_("The strategy"), "desk:strategy", "flag", Permission.READ),
)
