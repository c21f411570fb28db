"""The first set-up as steps, each opening the next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

# The step that can be put off: what people write does not arrive until then, but all the rest works.
CONNECTING = 4


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: what it is for, where it is done, and whether it is done, now or next."""

    name: str
    text: str
    act: str
    address: str
    state: str
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class SetUp:
    """How far a new installation has come."""

    has_municipality: bool
    has_hours: bool
    has_presence: bool
    has_duties: bool
    has_connection: bool
    has_site: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing is left of the first set-up. Whoever publishes the site first has put off the rest."""
        return self.has_municipality and self.has_hours and self.has_presence and self.has_site

    @property
    def steps(self) -> list[FirstStep]:
        """The steps in order; the first that is not done is the one to take now."""
        done = [
            self.has_municipality,
            self.has_hours,
            self.has_presence,
            self.has_duties,
            self.has_connection,
            self.has_site,
        ]
        now = done.index(False) if not all(done) else len(done)
        states = ["done" if is_done else "now" if number == now else "next" for number, is_done in enumerate(done)]
        return [
            FirstStep(*told, state, is_optional=number == CONNECTING)
            for number, (told, state) in enumerate(zip(_told(), states, strict=True))
        ]


def _told() -> list[tuple[str, str, str, str]]:
    return [
        (
            _("The municipality"),
            _("Name, coat of arms, colour and how people reach you."),
            _("Fill in the municipality"),
            reverse("people:municipality"),
        ),
        (
            _("Answering hours"),
            _("When you answer on social media. Deadlines count only these hours."),
            _("Set the hours"),
            reverse("people:hours"),
        ),
        (
            _("The first page"),
            _("A page, group or profile that you run, and the unit that owns it."),
            _("Register a page"),
            reverse("registry:new"),
        ),
        (
            _("Duties"),
            _("What the strategy asks of each page, measured from the first day: posts, quick answers, a look in."),
            _("Take over the duties"),
            reverse("oversight:index"),
        ),
        (
            _("Connect it"),
            _("With a key from Facebook, what people write arrives here within seconds."),
            _("Connect to Facebook"),
            reverse("desk:channels"),
        ),
        (
            _("The public site"),
            _("Rules, contact and hours, for everyone to read. Look through it before you tell people of it."),
            _("Publish the site"),
            reverse("site:publication"),
        ),
    ]
