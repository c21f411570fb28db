"""An incident from the switch to what was learnt, by keyboard alone, with a look at every page on the way."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import factories
from tests.crisis.conftest import build, platforms, send_all
from tests.crisis.test_alerts import MAIL
from tests.journeys.browser import assert_fits, photograph, run_axe, sign_in
from torg.core import clock
from torg.crisis import commands
from torg.crisis.models import Asked, Incident, Question, Statement
from torg.crisis.types import TeamRole
from torg.outbox.models import OutboxAct
from torg.people.models import Person
from torg.publishing.models import Article
from torg.site.freshness import Freshness
from torg.site.pages import StoredPages

pytestmark = pytest.mark.journey
LOOKS = ((1440, "light"), (320, "dark"))
BY_DAY, AT_NIGHT = LOOKS[:1], LOOKS[1:]


class Walk:
    """One browser, a keyboard, and whoever sits at it."""

    def __init__(self, crisis, page: Page, address: str, site: Freshness) -> None:
        self.crisis, self.page, self.address, self.site = crisis, page, address, site
        self.logins = {who.pk: factories.login(who) for who in (crisis.house.officer, crisis.deputy)}

    def sit_down(self, who: Person, path: str) -> None:
        """Somebody else signs in, and goes to a page."""
        self.page.context.clear_cookies()
        sign_in(self.page.context, self.address, self.logins[who.pk])
        self.page.goto(self.address + path)

    def press(self, selector: str) -> None:
        """Go to it with the keyboard, and press Enter."""
        self.page.locator(selector).first.press("Enter")
        self.page.wait_for_load_state()

    def write(self, **fields: str) -> None:
        """Type into the fields of these names."""
        for name, text in fields.items():
            box = self.page.locator(f"[name={name}]:visible").first
            box.focus()
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(text)

    def send(self, action: str) -> None:
        """Press the button of the form with this action."""
        self.press(f"form[action$='{action}'] button[type=submit]")

    def look(self, name: str, looks: Sequence[tuple[int, str]] = LOOKS) -> None:
        """No axe finding, nothing that sticks out; wide in daylight and on a phone at night."""
        for width, scheme in looks:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            assert run_axe(self.page) == [], f"{name}, {width}, {scheme}"
            assert_fits(self.page, width)
        photograph(self.page, f"crisis-{name}")
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.page.emulate_media(color_scheme="light")

    def marked(self) -> None:
        """The page says that it is an exercise: on top, and with its heading."""
        expect(self.page.locator("[data-exercise]")).to_be_visible()
        expect(self.page.locator("h1 .c-exercise")).to_have_text("ØVELSE")

    def deliver(self) -> None:
        """What the worker and the web process do by themselves: send, and take in new stored pages."""
        at = clock.now()
        while send_all(at):
            continue
        self.site.refresh(at=at)


@pytest.fixture
def application(application, tmp_path):
    return StoredPages(tmp_path / "site", then=application)


@pytest.fixture
def walk(fresh_database, settings, live_server_address, page, application) -> Walk:
    crisis = build(clock.now(), settings)
    crisis.publish_site()
    commands.set_gateway(wanted=MAIL, by=crisis.deputy, at=crisis.at)
    commands.set_checklist(title="Første time", points=["Ring politiet", "Si fra"], by=crisis.deputy, at=crisis.at)
    return Walk(crisis, page, live_server_address, Freshness(application))


@pytest.mark.strategy("A8")
def test_an_incident_from_the_switch_to_what_was_learnt_by_keyboard_alone(walk):
    open_incident(walk)
    say_it(walk)
    correct_it(walk)
    withdraw_it(walk)
    answer_all(walk)
    tell_the_rest(walk)
    call_the_team(walk)
    keep_the_log(walk)
    close_it(walk)
    practise(walk)


def open_incident(walk):
    walk.sit_down(walk.crisis.house.officer, "/crisis/")
    walk.look("index", BY_DAY)
    walk.press("a[href='/crisis/new/']")
    walk.write(title="Kokevarsel i Storvik")
    walk.look("new", AT_NIGHT)
    walk.press("form.c-form button[type=submit]")
    expect(walk.page.locator("h1")).to_have_text("Kokevarsel i Storvik")
    walk.look("first", BY_DAY)


def say_it(walk):
    walk.press(".c-next a.c-big")
    walk.look("statement-new", AT_NIGHT)
    walk.write(title_nb="Kok vannet", body_nb="Kok vannet i tre minutter. [Les mer](https://vann.example/).")
    walk.press("form.c-form summary")
    walk.write(title_en="Boil the water", body_en="Boil tap water for three minutes.")
    walk.press("form.c-form button[type=submit]")
    walk.look("statement-stopped", AT_NIGHT)
    walk.write(reason="Folk må vite dette nå.")
    walk.send("/publication/")
    walk.deliver()
    walk.page.reload()
    expect(walk.page.locator("#channels")).to_contain_text("3 av 3")
    walk.look("statement-out", BY_DAY)
    assert all(len(each.things) == 1 for each in platforms.values()) and len(platforms) == 3
    walk.page.goto(f"{walk.address}/status/")
    expect(walk.page.locator("main")).to_contain_text("Kok vannet i tre minutter")
    walk.look("status-public")


def correct_it(walk):
    walk.page.goto(walk.address + reverse("crisis:statement", args=[Statement.objects.get().public_id]))
    walk.press("details.c-more > summary")
    walk.write(told_nb="Fem minutter, ikke tre.", body_nb="Kok vannet i fem minutter før du drikker det.")
    walk.write(told_en="Five minutes, not three.", body_en="Boil tap water for five minutes.")
    walk.look("statement-correct", BY_DAY)
    walk.send("/correction/")
    walk.deliver()
    walk.page.goto(f"{walk.address}/status/")
    expect(walk.page.locator(".t-correction")).to_contain_text("Fem minutter, ikke tre.")


def withdraw_it(walk):
    walk.page.goto(walk.address + reverse("crisis:new-statement", args=[Incident.objects.get().public_id]))
    walk.write(title_nb="Hent vann", body_nb="Hent rent vann på torget fra klokka 12.")
    walk.press("form.c-form button[type=submit]")
    walk.send("/publication/")
    walk.deliver()
    walk.page.reload()
    walk.press("#withdraw > summary")
    walk.write(withdrawn_nb="Det er ikke vann på torget i dag.", why="Feil sted.")
    walk.look("statement-withdraw", AT_NIGHT)
    walk.send("/withdrawal/")
    walk.deliver()
    walk.page.goto(f"{walk.address}/status/")
    expect(walk.page.locator("main")).not_to_contain_text("Hent rent vann")
    walk.look("status-withdrawn", AT_NIGHT)


def answer_all(walk):
    incident, at = Incident.objects.get(), clock.now()
    for text in ("Er vannet trygt å drikke?", "Kan vi drikke vatnet?"):
        walk.crisis.house.asked(at, text)
    commands.group_questions(incident_id=incident.public_id, at=at)
    walk.page.goto(walk.address + reverse("crisis:questions", args=[incident.public_id]))
    walk.look("questions", AT_NIGHT)
    walk.press("a.c-row-link")
    walk.look("question", BY_DAY)
    walk.write(answer_nb="Ja, når du har kokt det i fem minutter. Hilsen Ola")
    walk.press("form.c-form button[type=submit]")
    commands.send_answers(question_id=Question.objects.get().public_id, at=clock.now())
    walk.deliver()
    walk.page.reload()
    expect(walk.page.locator("li .t-chip[data-color=success]")).to_have_count(2)
    walk.look("question-answered", BY_DAY)
    assert Asked.objects.filter(reply__isnull=False).count() == 2
    correct_the_answer(walk)


def correct_the_answer(walk):
    walk.press("#correct > summary")
    walk.write(told_nb="Vi skrev fem minutter. Ti er riktig.", answer_nb="Ja, når det har kokt i ti. Hilsen Ola")
    walk.look("question-correct", AT_NIGHT)
    walk.send("/correction/")
    commands.send_answers(question_id=Question.objects.get().public_id, at=clock.now())
    walk.deliver()
    walk.page.reload()
    expect(walk.page.locator("li .t-chip[data-color=success]")).to_have_count(2)
    walk.look("question-corrected", BY_DAY)
    walk.page.goto(f"{walk.address}/status/")
    expect(walk.page.locator(".t-answer .t-correction")).to_contain_text("Ti er riktig.")
    walk.look("status-corrected-answer", AT_NIGHT)


def tell_the_rest(walk):
    walk.page.goto(walk.address + reverse("crisis:public", args=[Incident.objects.get().public_id]))
    walk.write(rumour_nb="Vannet er giftig", correction_nb="Nei, det er bakterier.")
    walk.send("/status/rumours/")
    walk.write(name="Mattilsynet", address="https://tilsyn.example/")
    walk.send("/status/sources/")
    walk.look("status")
    walk.press(".t-tabs a >> nth=0")
    walk.look("overview")


def call_the_team(walk):
    incident = Incident.objects.get()
    walk.crisis.seat(incident, walk.crisis.deputy, TeamRole.COMMUNICATION, may_approve=True, call_order=2)
    walk.page.goto(walk.address + reverse("crisis:team", args=[incident.public_id]))
    walk.write(text="Møt på rådhuset klokka 12.")
    walk.send("/team/call/")
    walk.deliver()
    walk.page.reload()
    walk.look("team")
    letter = next(letter for letter in mail.outbox if letter.to == [walk.crisis.deputy.email])
    walk.page.goto(walk.address + "/varsel/" + letter.body.split("/varsel/")[1].split()[0])
    walk.look("confirm", AT_NIGHT)
    walk.press("main button[type=submit]")
    expect(walk.page.locator("[role=status]")).to_be_visible()


def keep_the_log(walk):
    incident = Incident.objects.get()
    walk.page.goto(walk.address + reverse("crisis:log", args=[incident.public_id]))
    walk.write(text="Vi setter ut tanker med vann.")
    walk.send("/log/lines/")
    walk.press("details > summary")
    walk.write(known="Bakterier i vannet.", coming="Nye prøver klokka 18.")
    walk.send("/log/reports/")
    walk.look("report", AT_NIGHT)
    walk.page.goto(walk.address + reverse("crisis:log", args=[incident.public_id]))
    walk.look("log", BY_DAY)
    walk.page.goto(walk.address + reverse("crisis:team", args=[incident.public_id]))
    walk.press("#hand-over > summary")
    walk.page.locator("form[action$='/team/shift/'] select").select_option(str(walk.crisis.deputy.public_id))
    walk.page.locator("form[action$='/team/shift/'] textarea").press_sequentially("Nye prøver kommer.")
    walk.send("/team/shift/")


def close_it(walk):
    incident = Incident.objects.get()
    own = reverse("crisis:incident", args=[incident.public_id])
    walk.page.goto(walk.address + own)
    walk.send("/closing/")
    walk.sit_down(walk.crisis.deputy, reverse("crisis:team", args=[incident.public_id]))
    walk.press("form[action*='/crisis/shifts/'] button")
    walk.page.goto(walk.address + own)
    walk.look("closing", AT_NIGHT)
    walk.send("/closure/")
    walk.write(went_well="Første kunngjøring kom raskt.", to_improve="Flere telefonnumre.")
    walk.send("/after/lessons/")
    walk.look("after")
    walk.page.goto(f"{walk.address}{reverse('crisis:plan')}?shape=link")
    walk.look("plan")
    assert Incident.objects.get().closed_by == walk.crisis.deputy


def practise(walk):
    """A whole exercise, scripted messages and all, and nothing of it leaves."""
    # The answers of the incident wait some seconds in which they can be taken back.
    while send_all(clock.now() + timedelta(minutes=5)):
        continue
    outside = left()
    walk.page.goto(f"{walk.address}/crisis/new/?exercise=1")
    walk.write(title="Flom i Storvik")
    walk.press("form.c-form button[type=submit]")
    exercise = Incident.objects.get(is_exercise=True)
    walk.marked()
    walk.write(script="0; Kari; Er veien stengt?\n1; Per; Er vegen stengd?\n600; Mina; Når åpner veien?")
    walk.send("/script/")
    walk.look("exercise")
    for minutes, arrived in ((0, 1), (2, 2)):
        later = exercise.opened_at + timedelta(minutes=minutes)
        commands.play(incident_id=exercise.public_id, at=later)
        commands.group_questions(incident_id=exercise.public_id, at=later)
        assert Asked.objects.filter(question__incident=exercise).count() == arrived
    state_and_answer(walk, exercise)
    own = reverse("crisis:incident", args=[exercise.public_id])
    walk.page.goto(walk.address + own)
    walk.send("/closing/")
    walk.sit_down(walk.crisis.house.officer, own)
    walk.marked()
    walk.send("/closure/")
    walk.write(went_well="Vi svarte fort.", to_improve="Øv oftere.")
    walk.send("/after/lessons/")
    expect(walk.page.locator("main")).to_contain_text("Øv oftere.")
    assert left() == outside and Incident.objects.get(pk=exercise.pk).closed_by == walk.crisis.house.officer
    assert "Flom" not in walk.page.request.get(f"{walk.address}/status/").text()


def state_and_answer(walk, exercise):
    walk.page.goto(walk.address + reverse("crisis:incident", args=[exercise.public_id]))
    walk.press(".c-next a.c-big")
    walk.write(title_nb="Veien er stengt", body_nb="Veien over fjellet er stengt. Kjør om Nordvik.")
    walk.press("form.c-form button[type=submit]")
    walk.marked()
    walk.send("/publication/")
    walk.deliver()
    walk.page.reload()
    expect(walk.page.locator("#channels")).to_contain_text("3 av 3")
    walk.page.goto(walk.address + reverse("crisis:questions", args=[exercise.public_id]))
    walk.press("a.c-row-link")
    walk.marked()
    walk.write(answer_nb="Ja, til klokka 18. Hilsen Berit")
    walk.press("form.c-form button.c-big")
    commands.send_answers(question_id=Question.objects.get(incident=exercise).public_id, at=clock.now())
    walk.deliver()
    walk.page.reload()
    expect(walk.page.locator("li .t-chip[data-color=success]")).to_have_count(2)


def left() -> tuple[int, ...]:
    """What has left the house so far: letters, what platforms hold, articles, acts outside the sandbox."""
    things = sum(len(each.things) for each in platforms.values())
    acts = OutboxAct.objects.exclude(handler="crisis.sandbox").count()
    return len(mail.outbox), things, Article.objects.count(), acts
