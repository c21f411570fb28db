"""What is said in several languages: the municipality's own at least, and each of the others whole."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.crisis import queries
from torg.crisis.models import AnswerVersion, StatementVersion
from torg.crisis.types import LANGUAGES, Texts
from torg.dialogue.models import Thread
from torg.publishing.types import Content, Words

LOCAL = ZoneInfo("Europe/Oslo")


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


def corrections(corrected: Iterable[StatementVersion | AnswerVersion], language: str) -> Iterator[str]:
    """“Rettet kl. 14.20. Fem minutter, ikke tre.” stands in posts and replies too: nothing is changed in silence.

    A correction that left this language as it was says nothing in it.
    """
    for version in corrected:
        if language in version.told:
            with translation.override(language):
                yield _("Corrected at %(time)s. %(told)s") % {
                    "time": f"{version.made_at.astimezone(LOCAL):%H.%M}",
                    "told": version.told[language],
                }


def told_of(told: Mapping[str, str], *, main: str) -> dict[str, str]:
    """What was corrected, by language; raises Invalid where the first one does not say it."""
    kept = {code: text.strip() for code, text in told.items() if text.strip()}
    if main not in kept:
        raise Invalid(_("Write what was corrected, for those who read it before."), field=f"told_{main}")
    return kept


def check_all_follow(said: Texts, before: Texts, *, main: str, fitting: Collection[str]) -> None:
    """Raises Invalid for a correction that changes nothing, or leaves a language saying what was wrong in the first."""
    if said == before:
        *_others, last = said[main]
        raise Invalid(_("The text is the same as before. Change what was wrong."), field=f"{last}_{main}")
    same = [code for code, words in said.items() if code != main and words == before.get(code)]
    behind = [code for code in same if code not in fitting]
    if behind and said[main] != before[main]:
        raise Invalid(_("Correct this language too, or say that it still fits."), field=f"fits_{behind[0]}")


def check_each_tells(said: Texts, before: Texts, told: Mapping[str, str]) -> None:
    """Raises Invalid for a language that is changed, and does not say what was wrong to those who read it."""
    silent = next((code for code, words in said.items() if words != before.get(code) and code not in told), None)
    if silent is not None:
        raise Invalid(_("Write what was corrected in this language too."), field=f"told_{silent}")


def _first(texts: Mapping[str, Any], main: str) -> str:
    sample = next(iter(texts.values()), None)
    return f"{next(iter(asdict(sample)))}_{main}" if sample is not None else ""
