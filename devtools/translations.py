"""Keeps each room's translations complete: `update` writes what is new into its `.po` files, `check` says what lacks.

The source language is English. Bokmål and nynorsk are written by people, each in the room's own `locale` folder.
"""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "torg"
LANGUAGES = ("nb", "nn")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|{[a-z_]*}")
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {language}\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a reader would see as English, or as a gap."""

    place: Path
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}: “{self.text}”"


def main(arguments: Sequence[str]) -> int:
    """Run `update` or `check`, for the rooms named or for all; returns the exit status."""
    word, *names = arguments or ["check"]
    found = [room for room in rooms() if not names or room.name in names]
    if word == "update":
        for room in found:
            update(room)
    problems = [problem for room in found for problem in check(room)]
    problems += disagreements()
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{len(problems)} texts lack a translation or need a look.\n" if problems else "")
    return 1 if problems and word == "check" else 0


def rooms() -> list[Path]:
    """Every folder of the house."""
    return sorted(folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def update(room: Path) -> None:
    """Write new texts, untranslated, into the room's catalogues; keep what is translated; drop what is gone."""
    source = texts_of(room)
    for language in LANGUAGES:
        place = place_of(room, language)
        catalogue = read(place, language)
        catalogue.update(source, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if len(catalogue):
            write(place, catalogue, language)
        else:
            place.unlink(missing_ok=True)


def check(room: Path) -> Iterator[Problem]:
    """What is missing, not translated, no longer used, or has other placeholders than the source."""
    source = texts_of(room)
    for language in LANGUAGES:
        place = place_of(room, language)
        catalogue = read(place, language)
        told = place.relative_to(room.parent)
        for message in source:
            if message.id:
                yield from check_message(message, catalogue.get(message.id, message.context), told)
        for message in catalogue:
            if message.id and source.get(message.id, message.context) is None:
                yield Problem(told, "no longer used", first(message.id))


def check_message(message: Message, translated: Message | None, place: Path) -> Iterator[Problem]:
    """What is wrong with one text."""
    if translated is None:
        yield Problem(place, "missing", first(message.id))
        return
    forms = translated.string if isinstance(translated.string, tuple | list) else (translated.string,)
    if translated.fuzzy or not all(forms):
        yield Problem(place, "not translated", first(message.id))
        return
    expected = {*PLACEHOLDER.findall(last(message.id))}
    if any({*PLACEHOLDER.findall(form)} != expected for form in forms[-1:]):
        yield Problem(place, "other placeholders", first(message.id))


def disagreements() -> Iterator[Problem]:
    """Texts that two rooms translate differently: Django merges the rooms, and shows one of the two everywhere."""
    for language in LANGUAGES:
        told: dict[tuple[str, str | None], str] = {}
        for room in rooms():
            place = place_of(room, language)
            for message in read(place, language):
                key, string = (first(message.id), message.context), str(message.string)
                if message.id and string and told.setdefault(key, string) != string:
                    what = "translated differently in another room; give it a context"
                    yield Problem(place.relative_to(PACKAGE), what, first(message.id))


def texts_of(room: Path) -> Catalog:
    """Every text of the room's code and templates."""
    catalogue = Catalog(fuzzy=False)
    for path in sorted([*room.rglob("*.py"), *room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")]):
        code = path.read_text()
        if path.suffix != ".py":
            # In parentheses, so that a template's indentation is not taken for Python's.
            code = f"(\n{templatize(code, origin=str(path))}\n)"
        for _line, texts, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            catalogue.add(texts, locations=[(str(path.relative_to(PACKAGE)), 0)], context=context)
    return catalogue


def place_of(room: Path, language: str) -> Path:
    """The room's catalogue in a language."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(place: Path, language: str) -> Catalog:
    """The catalogue, empty when there is none yet."""
    if not place.exists():
        return Catalog(locale=language)
    with place.open("rb") as file:
        return read_po(file, locale=language)


def write(place: Path, catalogue: Catalog, language: str) -> None:
    """Write it so that the same texts give the same bytes: no dates, no line numbers."""
    place.parent.mkdir(parents=True, exist_ok=True)
    body = io.BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, include_lineno=False, sort_by_file=True)
    text = re.sub(r"^#, (fuzzy, )?python-(brace-)?format\n", "", body.getvalue().decode(), flags=re.MULTILINE)
    place.write_text(HEADER.format(language=language) + text.strip() + "\n")


def first(text: str | tuple[str, ...] | list[str]) -> str:
    """The singular."""
    return text if isinstance(text, str) else text[0]


def last(text: str | tuple[str, ...] | list[str]) -> str:
    """The plural, where there is one."""
    return text if isinstance(text, str) else text[-1]


if __name__ == "__main__":
    if not settings.configured:
        settings.configure()
    raise SystemExit(main(sys.argv[1:]))
