"""What Eksempelvik publishes: what it has decided, articles at every step of their way, an order and a tip."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from torg.channels.models import Connection
from torg.config.demo import town as cast
from torg.config.demo.standin import StandIn
from torg.config.demo.town import Part, Town
from torg.media.models import Medium
from torg.outbox import sending
from torg.people.types import Role
from torg.publishing import commands, measuring, timing
from torg.publishing.models import Article, ChannelPost, Goal, TargetGroup, Topic
from torg.publishing.types import ChannelWords, Content, FilmUse, Moment, PictureUse, Planning, Words

TOPICS = (
    ("Kultur og fritid", "Kultur og fritid", "Culture and leisure"),
    ("Skole og barnehage", "Skule og barnehage", "Schools and nurseries"),
    ("Vann og vei", "Vatn og veg", "Water and roads"),
    ("Helse", "Helse", "Health"),
)
GOALS = (
    (("Tjenester som er lette å bruke", "Tenester som er lette å bruke", "Services that are easy to use"), 40),
    (("Medvirkning", "Medverknad", "Taking part"), 25),
    (("Stolthet over stedet", "Stoltheit over staden", "Pride in the place"), 20),
    (("Rekruttere", "Rekruttere", "Recruiting"), 15),
)
GROUPS = (
    ("Alle innbyggere", "Alle innbyggjarar", "All residents"),
    ("Foreldre", "Foreldre", "Parents"),
    ("Unge", "Unge", "Young people"),
    ("Nye i kommunen", "Nye i kommunen", "New in the municipality"),
)
FESTIVAL = Words(
    "Sommerfest på torget",
    "Fredag fyller vi torget med musikk og mat. Alle er velkomne, og det er gratis.",
    "## Dette skjer\n\n- Klokka 12: Skolekorpset spiller.\n- Klokka 13: Vi griller. Ta med eget bestikk.\n"
    "- Klokka 14: Leker for barna.\n\n## Slik kommer du hit\n\nDet er trinnfritt fra parkeringen. "
    "[Se rutetider for bussen](https://eksempelvik.example/buss).\n\n{lang=en}\nEverybody is welcome, and it is free.",
)
FESTIVAL_NYNORSK = Words(
    "Sommarfest på torget",
    "Fredag fyller vi torget med musikk og mat. Alle er velkomne, og det er gratis.",
    "## Dette skjer\n\n- Klokka 12: Skulekorpset spelar.\n- Klokka 13: Vi grillar. Ta med eige bestikk.\n"
    "- Klokka 14: Leikar for barna.",
)
WATER = Words(
    "Vannet stenges i Lekegata",
    "Torsdag fra klokka 9 til 12 er det ikke vann i Lekegata.",
    "Vi skifter en ventil. Tapp vann på forhånd.\n\nEr vannet brunt etterpå, lar du det renne til det er klart.",
)
NURSERY = Words(
    "Søk barnehageplass innen 1. mars",
    "Fristen for hovedopptaket er 1. mars.",
    "Du søker på nett. Trenger du hjelp, kan du komme innom Servicekontoret.",
)
HASTY = Words(
    "Nye åpningstider", "", "**Servicekontoret**\n\n#### Tider\n\n[Klikk her](https://eksempelvik.example/tider)"
)
LIBRARY = Words("Lesesirkel for nye lesere", "Vi møtes annenhver tirsdag.", "Boka finner du i skranken.")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What came out on an earlier day: so many days ago, at an hour on the wall, with what it was for."""

    days: int
    hour: int
    topic: str
    goal: int
    words: Words
    post: str


EARLIER = (
    Earlier(
        6, 9, "Vann og vei", 0,
        Words("Ny gangvei til skolen", "Gangveien langs Sagnbakken er ferdig.", "Veien er lyst opp hele døgnet."),
        "Nå kan du gå trygt langs Sagnbakken.",
    ),
    Earlier(
        6, 11, "Helse", 0,
        Words("Helsestasjonen har fått ny timebok", "Nå bestiller du time på nett.", "Du kan også ringe oss."),
        "Bestill time på helsestasjonen når det passer deg.",
    ),
    Earlier(
        4, 15, "Kultur og fritid", 1,
        Words("Hva skal den nye parken hete?", "Vi vil gjerne ha forslag fra deg.", "Send forslaget innen fredag."),
        "Den nye parken trenger et navn. Hva synes du?",
    ),
    Earlier(
        4, 17, "Skole og barnehage", 3,
        Words("Vil du jobbe i barnehage?", "Vi søker etter to nye kolleger.", "Du får god opplæring av oss."),
        "Vi søker to nye kolleger til barnehagen.",
    ),
    Earlier(
        3, 15, "Vann og vei", 0,
        Words("Slik tar vi snøen", "Vi brøyter skoleveiene først.", "Så tar vi bussveier, og til slutt resten."),
        "Hvilke veier blir brøytet først?",
    ),
)  # fmt: skip
SQUARE = Words(
    "Bli med på en tur over torget", "Filmen viser torget slik det er nå.", "På fredag er det sommerfest her."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes for which page, and when."""

    town: Town
    page: str
    at: datetime

    @property
    def scope_id(self) -> UUID:
        return self.town.pages[self.page].scope_id

    def write(self, part: Part, content: Content, planning: Planning | None = None) -> Article:
        """An idea, and its first version."""
        by, title = self.town.people[part], content.main.title
        article = commands.add_idea(scope_id=self.scope_id, title=title, planning=planning, by=by, at=self.at)
        commands.save_version(article_id=article.public_id, content=content, seen_number=0, by=by, at=self.at)
        return article


def decide(town: Town, *, at: datetime) -> None:
    """Topics, goals, target groups, and that health needs two."""
    for names in TOPICS:
        commands.set_topic(names=names, by=town.officer, at=at)
    for names, share in GOALS:
        commands.set_goal(names=names, wanted_percent=share, by=town.officer, at=at)
    for names in GROUPS:
        commands.set_group(names=names, by=town.officer, at=at)
    health = Topic.objects.get(name_nb="Helse")
    commands.set_approval_rule(
        approvals_needed=2, alone_roles=[Role.OFFICER], topic_id=health.public_id, by=town.officer, at=at
    )


def fill(town: Town, *, at: datetime) -> None:
    """The plan as it stands: planned, waiting, refused, an idea each week, an order and a tip."""
    desk = Desk(town, cast.MAIN, at - timedelta(hours=5))
    officer, administrator = town.people[cast.OFFICER], town.people[cast.ADMINISTRATOR]
    said = Content("nb", {"nb": WATER}, channels=posts(town, "Torsdag 9–12 er det ikke vann i Lekegata."))
    water = desk.write(cast.OFFICER, said, purpose("Vann og vei", 0, 0))
    commands.submit(article_id=water.public_id, by=officer, at=desk.at)
    commands.plan(article_id=water.public_id, moment=days_on(at, 2, 8), by=officer, at=desk.at)
    said = Content("nb", {"nb": NURSERY}, channels=posts(town, "Husk fristen 1. mars!"))
    nursery = desk.write(cast.CONTRIBUTOR, said, purpose("Skole og barnehage", 0, 1))
    frida = town.people[cast.CONTRIBUTOR]
    commands.plan(article_id=nursery.public_id, moment=days_on(at, 4, 12), by=frida, at=desk.at)
    commands.submit(article_id=nursery.public_id, by=frida, at=desk.at)
    hasty = desk.write(cast.ADMINISTRATOR, Content("nb", {"nb": HASTY}), purpose("Kultur og fritid", 0, 0))
    commands.comment(article_id=hasty.public_id, text="Kan du skrive tidene rett i teksten?", by=officer, at=desk.at)
    commands.assign(
        article_id=hasty.public_id, person=administrator, task="Skriv tidene i teksten", by=officer, at=desk.at
    )
    commands.begin_series(
        scope_id=desk.scope_id, title="Det skjer i helga", weekday=3, clock=time(10), by=administrator, at=desk.at
    )
    wish = commands.Wish(
        unit_id=town.units["Helse"].public_id,
        title="Vaksine mot influensa",
        wish="Fra mandag kan alle over 65 få vaksine på helsestasjonen. Det er ikke nødvendig å bestille time.",
        wanted_on=(at + timedelta(days=6)).date(),
    )
    commands.order(wish=wish, by=town.people[cast.ARCHIVIST], at=desk.at)
    library = Desk(town, cast.LIBRARY, desk.at)
    bodil = next(part for part in cast.PARTS if part.page == cast.LIBRARY)
    circle = library.write(bodil, Content("nb", {"nb": LIBRARY}))
    commands.give_tip(source_kind="publishing.article", source_id=circle.public_id, by=town.people[bodil], at=desk.at)


def publish(town: Town, stand_in: StandIn, *, at: datetime) -> None:
    """One article that is out, on the site and on Facebook, with its figures."""
    desk = Desk(town, cast.MAIN, at - timedelta(hours=2))
    market = Medium.objects.get(title="Torget i sol")
    walk = Medium.objects.get(title="En tur over torget")
    alts = {"nb": "Fargerike trehus rundt et tomt torg.", "nn": "Fargerike trehus rundt eit tomt torg."}
    told = Content(
        "nb",
        {"nb": FESTIVAL, "nn": FESTIVAL_NYNORSK},
        pictures=(PictureUse(market.public_id, alts=alts),),
        films=(FilmUse("", "En tur over torget", medium_id=walk.public_id),),
        channels=posts(town, "På fredag er det sommerfest på torget!", market.public_id),
    )
    _send(desk, stand_in, told, purpose("Kultur og fritid", 2, 0), at=at)


def look_back(town: Town, stand_in: StandIn, *, at: datetime) -> None:
    """What came out in the days before, the last as a film: enough figures to say what times have reached most."""
    for one in EARLIER:
        desk = Desk(town, cast.MAIN, timing.moment_of(days_on(at, -one.days, one.hour)))
        told = Content("nb", {"nb": one.words}, channels=posts(town, one.post))
        _send(desk, stand_in, told, purpose(one.topic, one.goal, 0), at=at)
    walk = Medium.objects.get(title="En tur over torget")
    told = Content(
        "nb",
        {"nb": SQUARE},
        films=(FilmUse("", "En tur over torget", medium_id=walk.public_id),),
        channels=tuple(replace(post, film_id=walk.public_id) for post in posts(town, "Se torget fra ende til annen!")),
    )
    desk = Desk(town, cast.MAIN, timing.moment_of(days_on(at, -1, 9)))
    _send(desk, stand_in, told, purpose("Kultur og fritid", 2, 0), at=at)


def _send(desk: Desk, stand_in: StandIn, told: Content, planning: Planning, *, at: datetime) -> None:
    """Write, publish and send it as the officer, and read its figures `at` now."""
    officer = desk.town.people[cast.OFFICER]
    article = desk.write(cast.OFFICER, told, planning)
    commands.submit(article_id=article.public_id, by=officer, at=desk.at)
    commands.publish(article_id=article.public_id, number=1, by=officer, at=desk.at)
    with stand_in.clock_at(desk.at):
        sending.send_due(at=desk.at)
    for post in ChannelPost.objects.filter(article=article).select_related("connection"):
        commands.note_figures(post_id=post.public_id, measured=measuring.figures_of(post), at=at)


def purpose(topic: str, goal: int, group: int) -> Planning:
    """What an article is for."""
    return Planning(
        topic_id=Topic.objects.get(name_nb=topic).public_id,
        goal_id=Goal.objects.get(name_nb=GOALS[goal][0][0]).public_id,
        group_ids=(TargetGroup.objects.get(name_nb=GROUPS[group][0]).public_id,),
    )


def posts(town: Town, text: str, *pictures: UUID) -> tuple[ChannelWords, ...]:
    """The text for the main page's channel, where it is connected."""
    connection = Connection.objects.filter(presence=town.pages[cast.MAIN]).first()
    return (ChannelWords(connection.public_id, text, picture_ids=pictures),) if connection else ()


def days_on(at: datetime, days: int, hour: int) -> Moment:
    """Some days on, at an hour on the wall."""
    return Moment(timing.wall_of(at).day + timedelta(days=days), time(hour))
