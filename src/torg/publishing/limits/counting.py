"""The limits of each platform and route, with the page that each is taken from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from torg.publishing.limits import signs


@dataclass(frozen=True, slots=True)
class Count:
    """How much of a limit a text uses. `unit` is a code, such as signs, graphemes, bytes or weight."""

    unit: str
    used: int
    most: int

    @property
    def is_over(self) -> bool:
        return self.used > self.most

    @property
    def left(self) -> int:
        """How much there is left; negative when it is too long."""
        return self.most - self.used


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that a platform limits, and how it is counted."""

    unit: str
    most: int
    of: Callable[[str], int]


def _bytes(text: str) -> int:
    return len(text.encode())


def _hashtags(text: str) -> int:
    return text.count("#")


def _mentions(text: str) -> int:
    return text.count("@")


# Developer documentation of each platform; Instagram's are those of the publishing route (a caption).
MEASURES: dict[str, tuple[Measure, ...]] = {
    "facebook": (Measure("signs", 63206, len),),
    "instagram": (
        Measure("signs", 2200, len),
        Measure("hashtags", 30, _hashtags),
        Measure("mentions", 20, _mentions),
    ),
    "x": (Measure("weight", 280, signs.x_weight),),
    "bluesky": (Measure("graphemes", 300, signs.graphemes), Measure("bytes", 3000, _bytes)),
    "mastodon": (Measure("signs", 500, signs.mastodon_length),),
    "threads": (Measure("bytes", 500, _bytes),),
    "linkedin": (Measure("signs", 3000, len),),
}
# A comment or a message on Instagram takes less than a caption, whichever app it is sent through.
ROUTES: dict[tuple[str, str], tuple[Measure, ...]] = {
    ("instagram", "comment"): (Measure("signs", 2200, len), Measure("hashtags", 4, _hashtags)),
    ("instagram", "message"): (Measure("bytes", 1000, _bytes),),
    ("facebook", "comment"): (Measure("signs", 8000, len),),
    ("facebook", "message"): (Measure("signs", 2000, len),),
}
PICTURES = {"facebook": 10, "instagram": 10, "x": 4, "bluesky": 4, "mastodon": 4, "threads": 20, "linkedin": 20}
# Where a film of ours can be shown as a film, with captions of our own, and how long one may be there (minutes).
FILMS = {"facebook": 240}
# Where an address in the text leads nowhere: the link back stands elsewhere (Instagram: in the profile).
WITHOUT_LINKS = frozenset({"instagram"})
# The link is a field of its own there, and takes nothing of the text.
LINK_APART = frozenset({"facebook", "linkedin"})


def count(platform: str, text: str, *, link: str = "", pictures: int = 0, route: str = "post") -> Sequence[Count]:
    """What a text with its link and pictures uses of each limit; nothing for a platform without known limits.

    Args:
        platform: the code of the platform.
        text: what is to be published, without the link back.
        link: the link back, counted where it stands in the text.
        pictures: how many.
        route: `post`, `comment` or `message`.
    """
    whole = text_with_link(platform, text, link)
    measures = ROUTES.get((platform, route)) or MEASURES.get(platform, ())
    counts = [Count(measure.unit, measure.of(whole), measure.most) for measure in measures]
    if pictures and platform in PICTURES:
        counts.append(Count("pictures", pictures, PICTURES[platform]))
    return counts


def text_with_link(platform: str, text: str, link: str) -> str:
    """The text as it goes out: with the link at its end, where the platform has no field for it."""
    if not link or platform in LINK_APART or platform in WITHOUT_LINKS:
        return text
    return f"{text}\n\n{link}" if text else link


def limit_of(platform: str, unit: str) -> int | None:
    """The platform's limit for a unit; None when it has none that we know."""
    return next((measure.most for measure in MEASURES.get(platform, ()) if measure.unit == unit), None)
