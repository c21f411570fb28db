"""One text for the notices of many: the words are the same, and what differs stands in braces, filled in for each."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, fields, replace

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from torg.core.errors import Invalid
from torg.inbox.windows import length
from torg.moderation import editing, notices
from torg.moderation.models import NoticeWording
from torg.moderation.notices import Parts, Told
from torg.moderation.telling import Telling

# By what `Told` calls it: the name that stands in braces, in the notice's own language.
NAMES: Mapping[str, Promise] = {
    "place": pgettext_lazy("field in a notice", "page"),
    "posted": pgettext_lazy("field in a notice", "date"),
    "rule": pgettext_lazy("field in a notice", "rule"),
    "wording": pgettext_lazy("field in a notice", "wording"),
    "law": pgettext_lazy("field in a notice", "law"),
    "passage": pgettext_lazy("field in a notice", "passage"),
    "advice": pgettext_lazy("field in a notice", "advice"),
}
FIELD = re.compile(r"\{(\w+)\}")
# The day to complain on is written when it is agreed, and another month's name can be longer.
SPARE = 20


def names(language: str) -> dict[str, str]:
    """The name of each field in this language, by the name that `Told` has for it."""
    with translation.override(language):
        return {own: str(name) for own, name in NAMES.items()}


def frame_of(told: Told, *, language: str) -> Parts:
    """What Torg would say of this text, with what differs in braces."""
    covered = {own: f"{{{name}}}" if getattr(told, own) else "" for own, name in names(language).items()}
    in_braces = replace(
        told,
        place=covered["place"],
        posted=covered["posted"],
        rule=covered["rule"],
        wording=covered["wording"],
        law=covered["law"],
        passage=covered["passage"],
        advice=covered["advice"],
    )
    return notices.parts_of(in_braces, language=language)


def filled(frame: Parts, told: Told, *, language: str) -> Parts | None:
    """The words with this text's own fields; None where it has none of a field that the words need."""
    values = {name: str(getattr(told, own)) for own, name in names(language).items()}
    if not all(values.get(name, name) for name in fields_in(frame)):
        return None
    # In one go, so that braces in what somebody wrote are never filled.
    return Parts(*(FIELD.sub(lambda found: values.get(found[1], found[0]), part) for part in astuple(frame)))


def fields_in(frame: Parts) -> set[str]:
    """The names that stand in braces."""
    return {name for part in astuple(frame) for name in FIELD.findall(part)}


def parts_in(wording: NoticeWording) -> Parts:
    """A stored version as parts."""
    return Parts(wording.did, wording.why, wording.means)


def worded(wording: NoticeWording | None, told: Told, *, link: str, limit: int) -> str:
    """The whole notice in these words; empty where Torg's own are used: there are none, or they do not fit."""
    parts = filled(parts_in(wording), told, language=wording.language) if wording else None
    if parts is None or wording is None:
        return ""
    whole = notices.assemble(parts, told, language=wording.language, link=link)
    return whole if length(whole) <= limit else ""


def fullest(told: Collection[Telling]) -> Telling:
    """The one with the most fields: its frame holds all that the others need, and nothing that is true of it alone."""
    found = max(told, key=lambda each: sum(bool(getattr(each.told, own)) for own in NAMES))
    is_alike = len({each.told.attached for each in told}) == 1
    return found if is_alike else replace(found, told=replace(found.told, attached=None))


def checked(frame: Parts, told: Sequence[Telling], *, language: str) -> Parts:
    """The words as they are kept. Raises Invalid, naming the part, for what no single notice might say."""
    tidied = editing.tidy(frame)
    own = frame_of(fullest(told).told, language=language)
    for part in fields(tidied):
        text, name = getattr(tidied, part.name), f"notice_{part.name}"
        editing.check_words(text, getattr(own, part.name), field=name)
        _check_names(text, language, field=name)
        for each in told:
            editing.check_passage(text, each.target, field=name)
    for each in told:
        ours = filled(tidied, each.told, language=language)
        if ours is not None:
            editing.check_rule(ours.why, each.told)
            editing.check_length(ours, each.told, language=language, limit=each.limit - SPARE)
    return tidied


def _check_names(text: str, language: str, *, field: str) -> None:
    known = names(language).values()
    for name in FIELD.findall(text):
        if name not in known:
            fits = ", ".join(f"{{{each}}}" for each in known)
            raise Invalid(_("There is no field {%(name)s}. Use %(fits)s.") % {"name": name, "fits": fits}, field=field)
