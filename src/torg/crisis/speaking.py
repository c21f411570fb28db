"""What is said in several languages: the municipality's own at least, and each of the others whole."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.crisis import queries
from torg.crisis.types import LANGUAGES, Texts
from torg.dialogue.models import Thread
from torg.publishing.types import Content, Words


def kept(texts: Mapping[str, Any], *, main: str) -> dict[str, dict[str, str]]:
    """What is kept of the texts, each a dataclass of strings: the main language, and others that are written.

    Raises Invalid without the main language, and for a language that is half written.
    """
    trimmed = {code: {name: text.strip() for name, text in asdict(said).items()} for code, said in texts.items()}
    said = {code: parts for code, parts in trimmed.items() if code in LANGUAGES and any(parts.values())}
    if main not in said:
        raise Invalid(
            _("Write it in the municipality's own language first; others can come with it."), field=_first(texts, main)
        )
    half = next((code for code, parts in said.items() if not all(parts.values())), None)
    if half is not None:
        empty = next(name for name, text in said[half].items() if not text)
        raise Invalid(_("Fill in all of this language, or leave all of it empty."), field=f"{empty}_{half}")
    return said


def content(texts: Texts, *, main: str) -> Content:
    """The same as the check of language reads it: what comes first as the heading, the rest as the text."""
    words = {code: list(parts.values()) for code, parts in texts.items()}
    return Content(
        main_language=main,
        texts={code: Words(head, body="\n\n".join(rest), confirmed_number=1) for code, (head, *rest) in words.items()},
    )


def language_for(thread: Thread, asked_in: str, *, said: Texts, main: str) -> str:
    """In which language somebody is answered: the one they asked in, else that of the page, else the main one."""
    if asked_in in said:
        return asked_in
    return queries.languages_of([thread.connection], said=said, main=main)[thread.connection.public_id]


def _first(texts: Mapping[str, Any], main: str) -> str:
    sample = next(iter(texts.values()), None)
    return f"{next(iter(asdict(sample)))}_{main}" if sample is not None else ""
