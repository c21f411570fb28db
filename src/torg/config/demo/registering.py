"""What the register of Eksempelvik holds: owners, goals (one of them not measured), applications, a page that ended."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from torg.channels import commands as channels
from torg.channels.types import Written
from torg.config.demo import town as cast
from torg.config.demo.town import Town
from torg.core.actors import Rule
from torg.moderation import commands as moderation
from torg.moderation.words import Ground
from torg.people.models import Person
from torg.records.days import day_of
from torg.registry import commands as registry
from torg.registry import exporting
from torg.registry.definitions import IN_TIME_A_WEEK, OURS, POSTS_A_WEEK
from torg.registry.models import Presence, PresenceKind
from torg.registry.types import (
    About,
    Aim,
    Description,
    Ending,
    FigureSource,
    PrivacyFound,
    Profile,
    Reviewed,
    Terms,
    Told,
    WayIn,
    Wish,
)
from torg.registry.words import (
    Followers,
    Keeping,
    Kept,
    Language,
    Line,
    Measure,
    Privacy,
    ReviewOutcome,
    SecondFactor,
)

EXPORTER = Rule("registry.exporter", "1")
FACEBOOK = "facebook"
REACH = "page_total_media_view_unique"
IN_A_YEAR = timedelta(days=330)
TWO_WEEKS = timedelta(days=14)
# Followers of the main page, every second week since it was registered.
FOLLOWED = (3960, 4012, 4031, 4088)
IN_ORDER = Profile(True, True, True, True, True, True)
WITHOUT_HOURS = Profile(True, True, True, False, True, False, "Åpningstid og «ikke for søknader» mangler i «Om».")
TERMS = Terms(
    "Beskjeder mellom skole og hjem, opplæringslova § 10-1.",
    "Foresatte til elever i klassen, og kontaktlæreren. Læreren slipper inn og fjerner ved skolebytte.",
    "Skriftlig samtykke fra foresatte hver høst. Ingen bilder med navn.",
)
PARENTS = PrivacyFound(
    Privacy.WITH_MEASURES,
    "Gruppen handler om barn. Foreldre kan skrive om barns helse eller om andres barn.",
    date.max,
    is_near_vulnerable=True,
    measures="Ingen navn eller bilder av barn. Læreren ser innom annenhver dag og fjerner det som ikke hører hjemme.",
)
OWNERS = {cast.MAIN: "Ingrid", cast.CINEMA: "Kine", cast.LIBRARY: "Bodil", cast.GROUP: "Rektor"}


def register(town: Town, *, at: datetime) -> None:
    """Everything that is registered at `at`, when the pages are new, and in the weeks after."""
    for key, first in OWNERS.items():
        about = About(
            owner=somebody(town, first), target_groups="Alle innbyggere", languages=(Language.NB, Language.NN)
        )
        registry.change_details(presence_id=town.pages[key].public_id, about=about, by=town.officer, at=at)
    look_after(town, town.pages[cast.MAIN], IN_ORDER, at=at)
    look_after(town, town.pages[cast.LIBRARY], WITHOUT_HOURS, at=at)
    aim(town, at=at)
    group: dict[str, Any] = {"presence_id": town.pages[cast.GROUP].public_id, "by": town.officer, "at": at}
    registry.set_terms(terms=TERMS, **group)
    registry.assess_privacy(found=replace(PARENTS, review_on=day_of(at) + IN_A_YEAR), **group)
    profiles(town, at=at)
    end_the_museum(town, at=at + TWO_WEEKS)


def somebody(town: Town, first: str) -> Person:
    """The person of the play whose name begins so."""
    return next(person for part, person in town.people.items() if part.name.startswith(first))


def look_after(town: Town, page: Presence, profile: Profile, *, at: datetime) -> None:
    """A page that is looked after, but for what its profile lacks."""
    on: dict[str, Any] = {"presence_id": page.public_id, "by": town.officer, "at": at}
    next_on = day_of(at) + IN_A_YEAR
    custody = WayIn(Keeping.OWN_ACCESS, town.officer, SecondFactor.APP)
    found = PrivacyFound(
        Privacy.WITH_MEASURES,
        "Folk kan skrive om egen helse i kommentarfeltet.",
        next_on,
        is_near_vulnerable=False,
        measures="Sensitivt innhold dekkes til og fjernes, og reglene står i «Om».",
    )
    registry.record_custody(way_in=custody, **on)
    registry.check_profile(profile=profile, **on)
    registry.assess_privacy(found=found, **on)
    registry.review_presence(reviewed=Reviewed(ReviewOutcome.KEEP, next_on, "Flest følgere av alle."), **on)
    for first in ("Ingrid", "Stein"):
        registry.add_administrator(person=somebody(town, first), **on)


def aim(town: Town, *, at: datetime) -> None:
    """Goals that Facebook and Torg measure, and one that is typed in and nobody has measured."""
    by_on = day_of(at) + IN_A_YEAR
    main: dict[str, Any] = {"presence_id": town.pages[cast.MAIN].public_id, "by": town.officer, "at": at}
    for number, value in enumerate(FOLLOWED):
        told = Told(FACEBOOK, figures={"followers_count": value, REACH: value // 5})
        registry.note_told(**{**main, "at": at + number * TWO_WEEKS}, told=told)
    for wording, target, source in (
        ("Flere følger oss", 4500, FigureSource(FACEBOOK, "followers_count")),
        ("Vi når flere enn følgerne", 5000, FigureSource(FACEBOOK, REACH)),
        ("Vi svarer i tide", 90, FigureSource(OURS, IN_TIME_A_WEEK)),
        ("Vi er der hver uke", 3, FigureSource(OURS, POSTS_A_WEEK)),
    ):
        registry.set_goal(aim=Aim(Measure.OTHER, wording, "", Decimal(target), by_on, source=source), **main)
    reach = Aim(Measure.REACH, "Flere ser ukens program", "personer i uka", Decimal(800), by_on)
    registry.set_goal(presence_id=town.pages[cast.CINEMA].public_id, aim=reach, by=town.officer, at=at)


def profiles(town: Town, *, at: datetime) -> None:
    """The mayor's two profiles, and a name that is only taken."""
    for name, line in (("Ordfører Olve Ordfører", Line.OFFICIAL), ("Olve Ordfører privat", Line.PRIVATE)):
        description = Description(name, PresenceKind.PROFILE, unit=town.units["Servicekontoret"])
        profile = registry.open_presence(description=description, by=town.officer, at=at)
        registry.change_details(presence_id=profile.public_id, about=About(line=line), by=town.officer, at=at)
    reserved = Description("eksempelvik", PresenceKind.RESERVED_NAME, "https://bilder.example/eksempelvik")
    registry.open_presence(description=reserved, by=town.officer, at=at)


def end_the_museum(town: Town, *, at: datetime) -> None:
    """A page that was renamed, and then merged into the library's."""
    kind, unit = PresenceKind.LOCAL_PAGE, town.units["Kultur"]
    by: dict[str, Any] = {"by": town.officer, "at": at}
    old = Description("Eksempelvik bygdemuseum", kind, purpose="Utstillinger", unit=unit)
    museum = registry.open_presence(description=old, by=town.officer, at=at - TWO_WEEKS)
    named = Description("Eksempelvik museum", kind, purpose="Utstillinger", unit=unit)
    registry.change_presence(presence_id=museum.public_id, description=named, **by)
    exporting.make(registry.order_export(presence_id=museum.public_id, **by).public_id, by=EXPORTER, at=at)
    ending = Ending(Followers.TOLD, Kept.ARCHIVED, "Siste innlegg viste til biblioteket.")
    into = town.pages[cast.LIBRARY].public_id
    registry.merge_presence(presence_id=museum.public_id, into_id=into, ending=ending, **by)


def ask_lately(town: Town, *, at: datetime) -> None:
    """What has come lately: two applications, and what was written down from the closed group."""
    owner, unit = somebody(town, "Frida"), town.units["Helse"]
    for name, why in (
        ("Eksempelvik frisklivssentral", "Turer og kurs hver uke, med egne spørsmål."),
        ("Eksempelvik kantine", "Ukens meny."),
    ):
        description = Description(name, PresenceKind.LOCAL_PAGE, purpose="Nytt fra oss", unit=unit)
        wish = Wish(description, owner, "Voksne i kommunen", why, 2, True, True)
        sent = registry.apply(wish=wish, by=owner, at=at - timedelta(days=3))
    reasons = "Én ting i uka passer på hovedsiden, der flere ser den. Bestill innlegg hos oss."
    registry.refuse_application(
        application_id=sent.public_id, reasons=reasons, is_advised_main_page=True, by=town.officer, at=at
    )
    write_down(town, at=at)


def write_down(town: Town, *, at: datetime) -> None:
    """A question from the parents' group, and a text about a child who is ill."""
    group, by = town.pages[cast.GROUP].public_id, somebody(town, "Rektor")
    asked = Written("Når er foreldremøtet i april?", at - timedelta(hours=3), author="Forelder Fiktiv")
    channels.write_down(presence_id=group, written=asked, by=by, at=at - timedelta(hours=2))
    ill = Written("Lille Ola i klassen er innlagt på sykehus igjen.", at - timedelta(hours=2), author="Far Fiktiv")
    moderation.report_by_hand(presence_id=group, written=ill, ground=Ground.CHILD, by=by, at=at - timedelta(hours=1))
