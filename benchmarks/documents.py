"""How many documents a second, for a thread of 1 comment and of 500, against the bare typesetter on as long a text.

    python -m benchmarks.documents --rounds 5

Each document differs from the one before, since the typesetter remembers. The limit sets the same
words on plain pages, in this process and without tags, headings, checks or a process of its own, in turn.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmarks.measuring import ratio

if TYPE_CHECKING:
    from torg.records.documents.types import Document

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "Hei! Når åpner svømmehallen igjen, og hva koster det for en familie med tre barn? Spørsmål nummer {}. 👍🏽"
PLAIN = """#set text(font: ("Noto Sans", "Noto Emoji"), size: 10pt)
#for it in json(bytes(sys.inputs.texts)) { par(it) }"""
SIZES = {1: 50, 500: 1}  # comments in a document: documents in a round


def main() -> int:
    """Run the rounds and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    os.environ.setdefault("TORG_SECRET_KEY", "benchmark")
    os.environ["DJANGO_SETTINGS_MODULE"] = "torg.config.settings.test"
    import django

    django.setup()
    for comments, documents in SIZES.items():
        measure(comments, documents, given.rounds)
    return 0


def measure(comments: int, documents: int, rounds: int) -> None:
    """Product and limit in turn, so that a slow minute hits both; the first of each is not counted."""
    from torg.records.documents.rendering import render

    ours, theirs = [], []
    for number in range(rounds + 1):
        made = [document(comments, f"{number}-{which}") for which in range(documents)]
        words = [words_of(each) for each in made]
        ours.append(rate(made, lambda each: render(each, language="nb", at=AT)))
        theirs.append(rate(words, limit))
    for name, figures in (("documents", ours), ("bare typesetter", theirs)):
        spread = f"from {min(figures[1:]):.1f} to {max(figures[1:]):.1f}, {rounds} rounds"
        sys.stdout.write(f"{comments} comments, {name}: median {median(figures[1:]):.1f} a second ({spread})\n")
    sys.stdout.write(f"{comments} comments, {ratio(ours[1:], theirs[1:])}\n")


def rate(given: Sequence[Any], work: Callable[[Any], object]) -> float:
    """Documents a second."""
    began = time.perf_counter()
    for each in given:
        work(each)
    return len(given) / (time.perf_counter() - began)


def document(comments: int, which: str) -> "Document":
    """A thread like many, with texts of its own."""
    from torg.records.documents.types import Document
    from torg.records.types import Author, Captured, Snapshot, Subject, Version

    items = tuple(
        Captured(
            id=f"item-{number}",
            kind="comment",
            author=Author("Kari Prøve", f"900{number}"),
            versions=(Version(1, TEXT.format(f"{which}-{number}"), AT, AT),),
            posted_at=AT,
            received_at=AT,
            state="VISIBLE",
            parent=f"item-{number // 3}" if number else None,
            external_id=f"77_{number}",
            permalink=f"https://social.example/77?comment={number}",
            deliveries=("ab" * 32,),
        )
        for number in range(comments)
    )
    subject = Subject("dialogue.thread", UUID(int=1))
    snapshot = Snapshot(subject, UUID(int=2), f"Svømmehallen {which}", "facebook", "Eksempel kommune", AT, items)
    return Document(snapshot)


def words_of(document: "Document") -> str:
    """Every text that the document shows, as a list in JSON."""
    from torg.records.documents import content, fonts
    from torg.records.documents.letters import Letters
    from torg.records.documents.redacting import Redactor
    from torg.records.documents.setting import Setting

    setting = Setting(Letters(fonts.coverage()), Redactor(document.snapshot, None), frozenset())
    return json.dumps(list(leaves(content.content_of(document, setting, content.Made(AT)))))


def leaves(value: object) -> Iterator[str]:
    """The strings in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)


def limit(words: str) -> bytes:
    """The same words and nothing else."""
    import typst

    from torg.records.documents import fonts, typesetting

    found = typesetting.found_fonts(tuple(fonts.folders()))
    return typst.compile(PLAIN.encode(), sys_inputs={"texts": words}, font_paths=found, format="pdf", pdf_tags=False)


if __name__ == "__main__":
    raise SystemExit(main())
