"""Eksempelvik: its units, people, hours, pages and lists. Every name is invented, and is meant to sound so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from torg.channels import commands as channels
from torg.config.demo import standin
from torg.core.actors import Actor
from torg.files import commands as files
from torg.inbox import commands as inbox
from torg.inbox import queries
from torg.moderation import commands as moderation
from torg.people import commands as people
from torg.people.models import CalendarKind, Login, Person, Scope, Unit
from torg.people.types import Role
from torg.registry import commands as registry
from torg.registry.commands import Description
from torg.registry.models import Presence, PresenceKind

NAME = "Eksempelvik kommune"
DOMAIN = "eksempelvik.example"
AGE = timedelta(days=60)
CONNECTED_FOR = timedelta(days=8)
ON_DUTY_FOR = timedelta(days=365)

# A lighthouse between two waves; ours, and nobody's arms.
ARMS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 40" role="img" aria-label="Eksempelvik">'
    '<path fill="#0b5563" d="M2 2h28v19c0 9-7 14-14 17C9 35 2 30 2 21z"/>'
    '<path fill="#f4f1e6" d="M13 26l1-14h4l1 14zM13 10h6v2h-6zM14 6h4v3h-4z"/>'
    '<path fill="#f2b705" d="M12 6L5 4v4zM20 6l7-2v4z"/>'
    '<path fill="#f4f1e6" d="M4 27c4-3 8-3 12 0s8 3 12 0v3c-4 3-8 3-12 0s-8-3-12 0z"/></svg>'
)
UNITS = ("Servicekontoret", "Kultur", "Skole og barnehage", "Teknisk", "Helse")

MAIN, CINEMA, LIBRARY, VOLUNTEERS, GROUP = "main", "cinema", "library", "volunteers", "group"
PAGES = {
    MAIN: (NAME, PresenceKind.MAIN_PAGE, "Servicekontoret", "Nytt fra kommunen, og svar på spørsmål."),
    CINEMA: ("Eksempelvik kino", PresenceKind.LOCAL_PAGE, "Kultur", "Ukens filmer."),
    LIBRARY: ("Eksempelvik bibliotek", PresenceKind.LOCAL_PAGE, "Kultur", "Lån, arrangementer og lesetips."),
    VOLUNTEERS: ("Eksempelvik frivilligsentral", PresenceKind.LOCAL_PAGE, "Helse", "Møteplass for frivillige."),
    GROUP: ("Foreldre i 3. klasse", PresenceKind.CLOSED_GROUP, "Skole og barnehage", "Beskjeder til foreldrene."),
}

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the play: their role, where they have it (a page, or everywhere), and their unit."""

    name: str
    role: Role
    page: str = EVERYWHERE
    unit: str = "Servicekontoret"

    @property
    def email(self) -> str:
        first = self.name.split()[0].lower().replace("ø", "o").replace("å", "a").replace("æ", "ae")
        return f"{first}@{DOMAIN}"


OFFICER = Part("Ingrid Informasjon", Role.OFFICER)
DEPUTY = Part("Stein Stedfortreder", Role.DEPUTY)
ADMINISTRATOR = Part("Arne Administrator", Role.PAGE_ADMINISTRATOR, MAIN)
CASE_OFFICER = Part("Sara Saksbehandler", Role.CASE_OFFICER, MAIN)
TECHNICIAN = Part("Torunn Teknisk", Role.CASE_OFFICER, MAIN, "Teknisk")
ARCHIVIST = Part("Are Arkivar", Role.ARCHIVIST)
LEADER = Part("Lars Leder", Role.LEADER)
CONTRIBUTOR = Part("Frida Frivillig", Role.CONTRIBUTOR, MAIN, "Helse")
PARTS = (
    OFFICER,
    DEPUTY,
    ADMINISTRATOR,
    CASE_OFFICER,
    TECHNICIAN,
    CONTRIBUTOR,
    Part("Kine Kino", Role.PAGE_ADMINISTRATOR, CINEMA, "Kultur"),
    Part("Bodil Bibliotek", Role.PAGE_ADMINISTRATOR, LIBRARY, "Kultur"),
    Part("Rektor Ranveig Skole", Role.PAGE_ADMINISTRATOR, GROUP, "Skole og barnehage"),
    ARCHIVIST,
    LEADER,
    Part("Rigmor Revisor", Role.AUDITOR),
)

CANNED = (
    (
        "Takk for meldingen",
        "Hei {{ first_name }}! Takk for at du sier fra. Vi har gitt beskjed til {{ unit }}. Hilsen {{ sender }}",
        "nb",
    ),
    (
        "Åpningstider",
        "Hei {{ first_name }}! Vi har åpent {{ hours }}. Velkommen innom! Hilsen {{ sender }}",
        "nb",
    ),
    ("Takk for meldinga", "Hei {{ first_name }}! Takk for at du seier frå. Helsing {{ sender }}", "nn"),
    ("Thank you", "Hello {{ first_name }}! Thank you for telling us. Best regards, {{ sender }}", "en"),
)
LABELS = ("Vann og avløp", "Barnehage", "Svømmehallen", "Ros", "Følges opp")
GUIDES = (
    (
        "Klage på vedtak",
        "Hei {{ first_name }}! En klage må vi behandle som en sak, og det kan vi ikke gjøre her. Slik klager du: "
        "{{ link }} Hilsen {{ sender }}",
        f"https://{DOMAIN}/klage",
    ),
)


@dataclass
class Town:
    """What has been made, by the names that the story uses."""

    people: dict[Part, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    pages: dict[str, Presence] = field(default_factory=dict)

    @property
    def officer(self) -> Person:
        return self.people[OFFICER]


def cast() -> Sequence[str]:
    """Who of the demonstration can sign in here, a line each."""
    here = set(Login.objects.filter(is_active=True).values_list("email", flat=True))
    parts = [part for part in PARTS if part.email in here]
    width = max((len(part.email) for part in parts), default=0)
    return [f"{part.email:<{width}}  {part.name}, {str(part.role.label).lower()}" for part in parts]


def build(*, by: Actor, at: datetime) -> Town:
    """The municipality before anybody has written to it."""
    town = Town()
    arms = files.store(data=ARMS.encode(), claimed_type="image/svg+xml", at=at)
    identity = people.Identity(
        name=NAME,
        short_name="Eksempelvik",
        colour="#0b5563",
        arms_sha256=arms.sha256,
        contact_email=f"post@{DOMAIN}",
        contact_phone="00 00 00 00",
        contact_address="Lekegata 1, 0000 Eksempelvik",
        is_fictional=True,
    )
    people.set_up_municipality(identity=identity, by=by, at=at)
    town.units = {name: people.add_unit(name=name, by=by, at=at) for name in UNITS}
    for key, (name, kind, unit, purpose) in PAGES.items():
        description = Description(name=name, kind=kind, purpose=purpose, unit=town.units[unit])
        town.pages[key] = registry.open_presence(description=description, by=by, at=at)
    for part in PARTS:
        town.people[part] = engage(part, town, by=by, at=at)
    set_hours(town, by=by, at=at)
    keep_lists(town, at=at)
    return town


def engage(part: Part, town: Town, *, by: Actor, at: datetime) -> Person:
    """Somebody who works here, with the role; page administrators are so on the platform itself too."""
    person = people.add_person(name=part.name, email=part.email, unit=town.units[part.unit], by=by, at=at)
    page = town.pages.get(part.page)
    people.give_role(person=person, role=part.role, scope=scope_of(page), by=by, at=at)
    if page is not None and part.role == Role.PAGE_ADMINISTRATOR:
        registry.add_administrator(presence_id=page.public_id, person=person, by=by, at=at)
    return person


def scope_of(page: Presence | None) -> Scope | None:
    """The page's scope; None for everywhere."""
    return page.scope if page is not None else None


def set_hours(town: Town, *, by: Actor, at: datetime) -> None:
    """Opening and answering hours, how fast questions are answered, and who is on duty."""
    for kind, hours in ((CalendarKind.OPENING, ["08:00", "15:30"]), (CalendarKind.ANSWERING, ["09:00", "15:00"])):
        week = {day: [hours] for day in ("mon", "tue", "wed", "thu", "fri")}
        definition = {"time_zone": "Europe/Oslo", "holidays": "NO", "week": week}
        people.set_hours(kind=kind, unit=None, definition=definition, from_at=at, by=by, at=at)
    inbox.set_rule(within="2h", by=town.officer, at=at)
    for order, part in enumerate((ADMINISTRATOR, OFFICER), start=1):
        people.give_duty(
            person=town.people[part], from_at=at, until_at=at + AGE + ON_DUTY_FOR, order=order, by=by, at=at
        )


def keep_lists(town: Town, *, at: datetime) -> None:
    """The rulebook, labels, ready answers, guides, and a view that the officer has saved."""
    moderation.adopt_default_rulebook(by=town.officer, at=at)
    for name in LABELS:
        inbox.make_label(name=name, by=town.officer, at=at)
    for title, text, language in CANNED:
        inbox.make_canned(title=title, text=text, language=language, by=town.officer, at=at)
    for title, text, link in GUIDES:
        inbox.make_guide(title=title, text=text, link=link, language="nb", by=town.officer, at=at)
    nynorsk = queries.Filters(view=queries.View.UNANSWERED, language="nn")
    inbox.save_view(name="Ubesvart på nynorsk", filters=nynorsk, by=town.officer, at=at)


def connect(town: Town, *, at: datetime) -> None:
    """Connect the main page to the stand-in."""
    channels.connect(
        presence_id=town.pages[MAIN].public_id,
        account=standin.ACCOUNT,
        secrets=standin.KEYS,
        by=town.officer,
        at=at,
    )
