"""A notice in a person's own words, within its frame: the parts stay, and so do the rule and the way to complain."""

from dataclasses import astuple, fields

from django.utils.translation import gettext as _

from torg import detectors
from torg.core.errors import Invalid
from torg.detectors.types import MASKED
from torg.inbox.windows import length
from torg.moderation import notices
from torg.moderation.models import Target
from torg.moderation.notices import Parts, Told
from torg.moderation.words import SENSITIVE_GROUNDS


def checked(parts: Parts, told: Told, target: Target, *, language: str, limit: int) -> Parts | None:
    """The parts as they will be sent; None where they read as Torg wrote them.

    Args:
        parts: as the second person left them.
        told: what the notice is about.
        target: with its passage, and its case's item.
        language: of the notice.
        limit: of the channel, in UTF-16 units, for the whole notice.

    Raises Invalid, naming the field, for a part that is empty, that repeats what is sensitive or does not name the
    rule, and when the whole is longer than the channel takes.
    """
    link = notices.Token.fresh().link
    own = notices.parts_of(notices.fitting(told, language=language, link=link, limit=limit), language=language)
    tidied = tidy(parts)
    if tidied == own:
        return None
    for field in fields(tidied):
        text = getattr(tidied, field.name)
        check_words(text, getattr(own, field.name), field=f"notice_{field.name}")
        check_passage(text, target, field=f"notice_{field.name}")
    check_rule(tidied.why, told)
    check_length(tidied, told, language=language, limit=limit)
    return tidied


def tidy(parts: Parts) -> Parts:
    """The parts without what a browser or a copy brings along."""
    return Parts(*(part.replace("\x00", "").replace("\r\n", "\n").strip() for part in astuple(parts)))


def check_words(text: str, own: str, *, field: str) -> None:
    """Raises Invalid for a part that is empty or brings something sensitive that is not in Torg's own words."""
    if not text:
        raise Invalid(_("This part must be there: the author has a right to it."), field=field)
    told_already = {own[found.start : found.end] for found in detectors.run(own)}
    sensitive = [found for found in detectors.run(text) if found.kind in MASKED]
    if any(text[found.start : found.end] not in told_already for found in sensitive):
        raise _sensitive(field)


def check_passage(text: str, target: Target, *, field: str) -> None:
    """Raises Invalid for a part that holds the passage itself where that is the harm (strategy C6)."""
    passage = target.case.item.text[target.passage.start : target.passage.end].strip()
    is_harm = target.proposal.ground in SENSITIVE_GROUNDS
    if is_harm and bool(passage) and passage.casefold() in text.casefold():
        raise _sensitive(field)


def check_rule(why: str, told: Told) -> None:
    """Raises Invalid where the rule is not named."""
    if told.rule and told.rule.casefold() not in why.casefold():
        raise Invalid(_("Name the rule: “%s”.") % told.rule, field="notice_why")


def _sensitive(field: str) -> Invalid:
    return Invalid(_("Take out what is personal or sensitive: a notice does not repeat it."), field=field)


def check_length(parts: Parts, told: Told, *, language: str, limit: int) -> None:
    """Raises Invalid when the whole is longer than the channel takes."""
    link = notices.Token.fresh().link
    over = length(notices.assemble(parts, told, language=language, link=link)) - limit
    if over > 0:
        said = _("The notice is %(over)s characters too long: the channel takes %(limit)s.")
        raise Invalid(said % {"over": over, "limit": limit}, field="notice_means")
