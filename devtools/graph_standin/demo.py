"""The demonstration: an invented municipality, invented citizens, and what they write. No word of it is real."""

from dataclasses import dataclass

from devtools.graph_standin.records import OUTSIDE_APP_ID, Comment, Holder, Post
from devtools.graph_standin.world import World

HOUR = 3600.0
TOLD_IF_YOUNGER = 36 * HOUR


@dataclass(frozen=True)
class Said:
    """One thing that someone wrote, `hours` before the demonstration began; None as author is the page."""

    hours: float
    who: str | None
    text: str
    answers: tuple["Said", ...] = ()


POSTS = (
    Said(
        150,
        None,
        "Nå kan du søke om barnehageplass fra august. Fristen er 1. mars. Du søker på nettsidene våre. ☀️",
        (
            Said(
                140,
                "Oda Fantasdal",
                "Hei! Vi flytter til Eksempelvik i juli. Kan vi søke før vi har adresse?",
                (Said(132, None, "Hei, Oda! Ja, det kan dere. Skriv den nye adressen i søknaden. Hilsen Kari"),),
            ),
            Said(30, "Ranveig Oppdiktshaug", "Eg har søkt, men fekk ikkje kvittering. Er det som det skal?"),
            Said(
                9,
                "Petter Påfunnsen",
                "Jeg vil klage på avslaget om barnehageplass. Når kommer svaret på klagen fra forrige måned?",
            ),
        ),
    ),
    Said(
        98,
        None,
        "Svømmehallen åpner igjen på lørdag kl. 10, etter at vi har byttet alle flisene i bassenget.",
        (
            Said(96, "Jens Diktestad", "Endelig! Tusen takk til alle som har jobbet på 👏👏"),
            Said(94, "Trygve Tullball", "Bare rot, som alltid. De idiotene av noen badevaktene kan ingenting."),
            Said(90, "Mina Tullerud", "Er det rampe for rullestol i det store bassenget nå?"),
            Said(28, "Sam Madeupson", "Is there a family ticket? And do you take cards at the entrance?"),
            Said(7, "Ivar Skrønemo", "Garderobene var iskalde i går. Tredje gang jeg sier fra. Skjerp dere!"),
        ),
    ),
    Said(
        50,
        None,
        "Vi stenger vannet i Lekegata og Sagnbakken onsdag kl. 9–14. Tapp gjerne litt vann kvelden før.",
        (
            Said(34, "Berit Fabelund", "Gjelder det Sagnbakken 40 og oppover også?"),
            Said(
                33,
                "Tor Eventyrvoll",
                "Det gjelder hele bakken, så vidt jeg vet.",
                (Said(32, "Berit Fabelund", "Takk, Tor! Kan kommunen bekrefte?"),),
            ),
            Said(12, "Nora Regleli", "Vannet er brunt i hele Lekegata nå!! Kan man drikke det? Vi har spedbarn 😟"),
            Said(11, "Aslak Rørmyr", "Kva er dette for slags stell? De er nokre udugelege idiotar heile gjengen."),
            Said(10.5, "Solveig Svadaheim", "Faen, nå er jeg sint! Veien er ikke brøytet på tre dager."),
            Said(10, "Yusra Khayali", "هل الماء صالح للشرب اليوم؟ شكرا لكم"),
        ),
    ),
    Said(
        30,
        None,
        "Kommunestyret behandler ny arealplan torsdag kl. 17. Møtet er åpent og sendes på nettet.",
        (
            Said(
                27,
                "Gudmund Hermestad",
                "Dere raserer strandsona. Dette er ikke folkestyre, det er skammelig.",
                (Said(26, "Trygve Tullball", "Gudmund, du er en idiot. Flytt til byen, din taper."),),
            ),
            Said(
                6,
                "Roy Truselia",
                "Han som har laget denne planen bør passe seg. Jeg vet hvor han bor, og jeg kommer innom.",
            ),
            Said(5, "Live Fiksjonsby", "Kor finn eg sakspapira? Eg finn berre kartet på nettsida."),
        ),
    ),
    Said(
        20,
        None,
        "Hjemmetjenesten søker tilkallingsvikarer til sommeren. Kom på kaffe tirsdag, så forteller vi mer. ☕",
        (
            Said(16, "Elise Innbillingsrud", "Så fint tiltak! Jeg var vikar i fjor og anbefaler det 🥰"),
            Said(
                4,
                "Harald Husketosk",
                "Kan dere ringe meg om timene til mor? Fødselsnummeret hennes er @ID@, hun har vedtak fra før.",
            ),
            Said(3, "Mina Tullerud", "Må man ha førerkort?"),
        ),
    ),
    Said(
        2.5,
        None,
        "I dag åpner den nye gangbrua over Oppdiktselva. Takk til alle som har vist tålmodighet! 🌉",
        (
            Said(2, "Jens Diktestad", "Nydelig bru! 😍"),
            Said(1.8, "Rolf Roperud", "Hold kjeft med den brua. Dere er noen idioter alle sammen."),
            Said(1.6, "Geir Grinebiter", "Enig, Rolf. Ordføreren er en idiot."),
            Said(1.2, "Sunniva Løyndal", "Flott bru, men det er glatt på dekket og ikkje noko lys. Når kjem lyset?"),
            Said(0.4, "Petter Påfunnsen", "Er brua strødd om vinteren?"),
        ),
    ),
)

# Who can act on the page on Facebook: the officer, our own system user, and somebody whom nobody has registered.
HOLDERS = (
    Holder("120700000000001", "Ingrid Informasjon"),
    Holder("120700000000002", "Torg (øving)", user_type="SYSTEM_USER"),
    Holder("120700000000003", "Vibeke Vikarsdatter", is_of_business=False, user_type=""),
)

# Identity number with 80 added to the month: the range kept for invented people, with check digits that are right.
INVENTED_IDENTITY_NUMBER = "17894290463"

# A raid: many who have never written here before, all at once and with nearly the same words.
RAIDED, RAIDED_POST = 5, "Kommunestyret har vedtatt budsjettet for neste år. Les sakspapirene på nettsidene våre."
RAIDERS = ("Snurre", "Knurre", "Murre", "Surre", "Burre", "Durre", "Furre", "Hurre", "Lurre", "Purre", "Turre", "Vurre")
OF_THE_RAID = ("Skrålheim", "Bråkstad", "Kveruland")
CRIES = (
    "Idioter hele gjengen på rådhuset! Meld dere ut av kommunen",
    "For noen idioter. Meld dere ut, alle sammen",
    "Idiotene på rådhuset igjen. Del dette med alle du kjenner",
    "Bare idioter. Les alt på https://ropert.example/eksempelvik",
)
RAID = tuple(
    Said(
        2 + number / 60,
        f"{first} {last}",
        f"{CRIES[number % len(CRIES)]}! ({number + 1})",
    )
    for number, (last, first) in enumerate((last, first) for last in OF_THE_RAID for first in RAIDERS)
)
MESSAGES = (
    Said(26, "Oda Fantasdal", "Hei, når er innbyggertorget åpent i romjula?"),
    Said(25, "Ranveig Oppdiktshaug", "Hei! Eg fekk ikkje kvittering på barnehagesøknaden. Kan de sjekke?"),
    Said(8, "Elise Innbillingsrud", "Jeg vil melde fra om et barn jeg er bekymret for. Hvem kan jeg snakke med?"),
    Said(1.5, "Sam Madeupson", "Hello, I lost a red bicycle near the library. Do you have a lost and found?"),
)

TRICKLE = (
    ("Mina Tullerud", "Er det åpent på biblioteket i morgen?"),
    ("Jens Diktestad", "Takk for rask hjelp på telefon i dag! 😊"),
    ("Live Fiksjonsby", "Kan de rydde snøen i Sagnbakken? Bussen kjem ikkje opp."),
    ("Ivar Skrønemo", "Hvorfor svarer ingen? Jeg spurte for tre dager siden."),
    ("Yusra Khayali", "Where can I register for the Norwegian course?"),
    ("Berit Fabelund", "Gatelyset utenfor Lekegata 12 har vært mørkt i to uker."),
    ("Sunniva Løyndal", "Så kjekt med nye benkar i parken! 👍"),
    ("Tor Eventyrvoll", "Hvor mye koster det å leie kulturhuset en kveld?"),
    ("Gudmund Hermestad", "Jeg ber om innsyn i saken om parkeringen ved skolen."),
    ("Nora Regleli", "Hei, sønnen min er redd for å gå forbi byggeplassen. Kan dere sette opp gjerde?"),
)


def seed(world: World) -> None:
    """Fills the page; what is younger than 36 hours is also told to the subscriber."""
    clock, began = world.clock, world.clock.now()
    world.state.holders = list(HOLDERS)
    fixed = clock.fixed
    for post in POSTS:
        clock.fix(began - post.hours * HOUR)
        under(world, world.add_post(world.state.page.id, post.text, app_id=OUTSIDE_APP_ID), post.answers, began)
    clock.fix(began - RAIDED * HOUR)
    under(world, world.add_post(world.state.page.id, RAIDED_POST, app_id=OUTSIDE_APP_ID), RAID, began)
    for said in MESSAGES:
        clock.fix(began - said.hours * HOUR)
        world.add_message(world.thread_with(world.person_named(str(said.who))), said.text, is_from_page=False)
    clock.fix(fixed)
    world.untold = sorted(
        (event for event in world.untold if began - event.time < TOLD_IF_YOUNGER), key=lambda event: event.time
    )


def under(world: World, place: Post | Comment, answers: tuple[Said, ...], began: float) -> None:
    for said in answers:
        world.clock.fix(began - said.hours * HOUR)
        author = world.person_named(said.who).id if said.who else world.state.page.id
        text = said.text.replace("@ID@", INVENTED_IDENTITY_NUMBER)
        app_id = None if said.who else OUTSIDE_APP_ID
        under(world, world.add_comment(place, author, text, app_id=app_id), said.answers, began)


def trickle(world: World) -> None:
    """The next act of a citizen: mostly a comment on one of the newest posts, every fifth a message."""
    number = world.state.trickled
    world.state.trickled += 1
    who, text = TRICKLE[number % len(TRICKLE)]
    posts = [row for row in world.state.posts if row.is_published and not row.is_deleted][-3:]
    if number % 5 == 4 or not posts:
        world.add_message(world.thread_with(world.person_named(who)), text, is_from_page=False)
    else:
        world.add_comment(posts[number % len(posts)], world.person_named(who).id, text)
