"""Draws the pages that every public site begins with, in each language."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.crisis import queries as crisis
from torg.openness import queries as openness
from torg.people import queries as people
from torg.people.models import CalendarKind, Municipality
from torg.registry import queries as registry
from torg.registry.models import WITHOUT_API
from torg.site import addresses, choices, hours, journal, news, rulebook, years
from torg.site.addresses import LANGUAGES
from torg.site.pages import AWAY, NOT_FOUND
from torg.site.types import Part
from torg.ui.types import Place

TOP = "/"


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the pages: its template, its name in menus, and its address in each language."""

    template: str
    name: Promise
    slugs: dict[str, str]
    is_in_menu: bool = True
    # What the menu says, where the whole name would fill a telephone's screen.
    short: Promise | None = None


FRONT = Kind("site/front.html", _("Front page"), {"nb": "", "nn": "", "en": ""})
NEWS = Kind("site/news.html", _("News"), addresses.NEWS)
RULES = Kind(
    "site/rules.html",
    _("Rules for discussion"),
    {"nb": "regler/", "nn": "reglar/", "en": "rules/"},
    short=pgettext_lazy("in the public menu", "Rules"),
)
RULE_CHANGES = Kind(
    "site/rule_changes.html",
    _("Changes in the rules"),
    {"nb": "regler/endringer/", "nn": "reglar/endringar/", "en": "rules/changes/"},
    is_in_menu=False,
)
CONTACT = Kind(
    "site/contact.html",
    _("Contact and hours"),
    {"nb": "kontakt/", "nn": "kontakt/", "en": "contact/"},
    short=pgettext_lazy("in the public menu", "Contact"),
)
OUR_PAGES = Kind("site/our_pages.html", _("Our pages"), {"nb": "sider/", "nn": "sider/", "en": "pages/"})
ACCESSIBILITY = Kind(
    "site/accessibility.html",
    _("Accessibility"),
    {"nb": "tilgjengelighet/", "nn": "tilgjenge/", "en": "accessibility/"},
    is_in_menu=False,
)
PRIVACY = Kind(
    "site/privacy.html",
    _("Privacy"),
    {"nb": "personvern/", "nn": "personvern/", "en": "privacy/"},
    is_in_menu=False,
)
STATUS = Kind(
    "site/status.html",
    _("Status of incidents"),
    {"nb": "status/", "nn": "status/", "en": "status/"},
    is_in_menu=False,
)
JOURNAL = Kind(
    "site/journal.html",
    _("Public journal"),
    {"nb": "postliste/", "nn": "postliste/", "en": "postliste/"},
)
# Django draws it: the one page that cannot be stored.
SEARCH = Kind("site/search.html", _("Search"), addresses.SEARCH)
KINDS = (FRONT, NEWS, RULES, RULE_CHANGES, OUR_PAGES, CONTACT, STATUS, ACCESSIBILITY, PRIVACY)
ABSENT = Kind("site/not_found.html", _("We cannot find this page"), {}, is_in_menu=False)
GONE_AWAY = Kind("site/away.html", _("This does not work right now"), {}, is_in_menu=False)


def skeleton(municipality: Municipality, *, at: datetime) -> dict[str, Part]:
    """Every page by its address; the municipality's own language stands at the top, the others under their code."""
    pages = {
        address_of(kind, language, municipality): draw(kind, language, municipality, at=at)
        for language in LANGUAGES
        for kind in KINDS
    }
    away = {AWAY[language]: draw(GONE_AWAY, language, municipality, at=at) for language in LANGUAGES}
    return pages | away | {NOT_FOUND: draw(ABSENT, municipality.language, municipality, at=at)}


def skeleton_addresses(municipality: Municipality) -> list[str]:
    """Where these pages stand now, the journal left out: search engines may not gather it."""
    return [address_of(kind, language, municipality) for language in LANGUAGES for kind in KINDS]


def standing_kinds() -> tuple[Kind, ...]:
    """The pages that this municipality has: the journal is one of them once it is switched on."""
    return (*KINDS, JOURNAL, SEARCH) if openness.is_on() else (*KINDS, SEARCH)


def every_address() -> set[str]:
    """Where these pages can stand, whichever language is the municipality's own."""
    whichever = [Municipality(language=language) for language in LANGUAGES]
    return {address_of(kind, language, one) for one in whichever for language in LANGUAGES for kind in KINDS}


def address_of(kind: Kind, language: str, municipality: Municipality) -> str:
    """Where the page stands."""
    return addresses.top(language, municipality) + kind.slugs.get(language, "")


def places(municipality: Municipality) -> list[Place]:
    """Each page in the municipality's own language, to look it through."""
    return [Place(kind.name, address_of(kind, municipality.language, municipality)) for kind in standing_kinds()]


def draw(kind: Kind, language: str, municipality: Municipality, *, at: datetime) -> Part:
    """One page in one language."""
    with translation.override(language), timezone.override("Europe/Oslo"):
        return Part(render_to_string(kind.template, context_of(kind, language, municipality, at=at)).encode())


def context_of(kind: Kind, language: str, municipality: Municipality, *, at: datetime) -> dict[str, object]:
    """What the frame and the page are filled with."""

    def place(each: Kind) -> Place:
        return Place(each.name, address_of(each, language, municipality), is_current=each is kind)

    kinds = standing_kinds()
    others = [code for code in LANGUAGES if code != language]
    return {
        "municipality": municipality,
        "frame": {"home": address_of(FRONT, language, municipality)},
        "public_navigation": [replace(place(each), label=each.short or each.name) for each in kinds if each.is_in_menu],
        "footer_links": [place(each) for each in kinds if not each.is_in_menu and each is not RULE_CHANGES]
        + [Place(LANGUAGES[code], address_of(kind, code, municipality), lang=code) for code in others],
        "statement": choices.now().statement,
        "language": language,
        "canonical": addresses.whole(address_of(kind, language, municipality)),
        "alternates": [(code, addresses.whole(address_of(kind, code, municipality))) for code in LANGUAGES],
        "feeds": news.feed_links(addresses.news(language, municipality)),
        "news": place(NEWS),
        "search": place(SEARCH),
        "newest": partial(news.entries, language, limit=news.ON_FRONT),
        "news_entries": partial(news.entries, language, limit=news.NEWEST),
        "news_topics": lambda: news.places(news.topics(language, municipality, news.entries(language))),
        "news_years": lambda: news.places(news.years(language, municipality, news.entries(language))),
        "news_languages": lambda: news.places(news.other_languages(municipality)),
        "rules": place(RULES),
        "rule_changes": place(RULE_CHANGES),
        # Asked for by the two pages that show them only.
        "rules_in_force": partial(rulebook.in_force, language, at=at),
        "rule_changes_made": partial(rulebook.changes, at=at),
        "rule_versions": partial(rulebook.every_version, language),
        "figures_published": partial(years.published, language, municipality),
        "journal": place(JOURNAL),
        "journal_settings": journal.settings,
        "journal_months": journal.months,
        "status": place(STATUS),
        # Pinned on every page while something serious is going on; the status page itself tells it all.
        "pinned": [] if kind is STATUS else crisis.titles_running(),
        "incidents": partial(crisis.status_pages, language, at=at),
        "contact": place(CONTACT),
        "privacy": place(PRIVACY),
        "our_pages": place(OUR_PAGES),
        # A closed group is for its members, who know it; a secret one is told of nowhere.
        "presences": registry.official().exclude(kind__in=WITHOUT_API),
        "opening": hours.told(people.hours_row(CalendarKind.OPENING, at=at), at=at),
        "answering": hours.told(people.hours_row(CalendarKind.ANSWERING, at=at), at=at),
        "at": at,
    }
