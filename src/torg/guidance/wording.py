"""The texts as they hold on a day: ours, or the municipality's own where it has worded one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from torg.guidance import content
from torg.guidance.content import Words
from torg.guidance.types import Topic


@dataclass(frozen=True, slots=True)
class Own:
    """A wording of the municipality's own, and the day from which it holds."""

    title: str
    body: str
    from_on: date


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it is shown; `from_on` is None where it is ours."""

    key: str
    title: str
    body: str
    topic: Topic
    when: frozenset[str] = frozenset()
    from_on: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The poster in one language."""

    title: str
    lead: str
    freedom: Text
    points: Sequence[Text]
    version: str


Owns = Mapping[tuple[str, str], Own]


def all_keys() -> list[str]:
    """Every text that a municipality may word itself."""
    return [text.key for text in _texts("nb", {})]


def text_of(key: str, language: str, owns: Owns) -> Text | None:
    """One text, or None for a key that there is not."""
    return next((text for text in _texts(language, owns) if text.key == key), None)


def texts(language: str, owns: Owns) -> list[Text]:
    """Every text that a municipality may word itself, as it holds."""
    return list(_texts(language, owns))


def shown(language: str, owns: Owns) -> Shown:
    """The poster in a language. Its version names our own, and the newest day of the municipality's."""
    ours = content.poster()
    points = [_worded(f"point-{each.id}", each.title, each.text, language, owns, each) for each in ours.points]
    freedom = _worded("freedom", ours.freedom_title, ours.freedom, language, owns)
    days = [own.from_on for (key, _language), own in owns.items() if key == "freedom" or key.startswith("point-")]
    version = f"{ours.version}" + (f"/{max(days):%Y-%m-%d}" if days else "")
    return Shown(ours.title.in_language(language), ours.lead.in_language(language), freedom, points, version)


def sections(language: str, owns: Owns) -> list[Text]:
    """Ethics, neutrality and elections; each section is one text, a rule a line."""
    return [
        _worded(f"rules-{each.id}", each.title, _joined([rule for _id, rule in each.rules]), language, owns, each)
        for each in content.sections()
    ]


def _texts(language: str, owns: Owns) -> Iterator[Text]:
    poster = shown(language, owns)
    yield from poster.points
    yield poster.freedom
    yield from sections(language, owns)


def _joined(rules: Sequence[Words]) -> Words:
    return Words(*("\n".join(rule.in_language(language) for rule in rules) for language in content.LANGUAGES))


def _worded(
    key: str,
    title: Words,
    body: Words,
    language: str,
    owns: Owns,
    about: content.Point | content.Section | None = None,
) -> Text:
    when = about.when if isinstance(about, content.Point) else frozenset()
    topic = about.topic if about is not None else Topic.PRIVATE
    own = owns.get((key, language))
    if own is not None:
        return Text(key, own.title, own.body, topic, when, own.from_on)
    return Text(key, title.in_language(language), body.in_language(language), topic, when)
