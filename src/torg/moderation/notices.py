"""What an author is told: what we did, which rule and why, what it means, how to complain; in their own language."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torg import detectors
from torg.core import chance
from torg.dialogue.models import Item
from torg.inbox.windows import length
from torg.moderation.attached import Attached
from torg.moderation.types import LANGUAGES, Basis
from torg.moderation.words import BANS, SENSITIVE_GROUNDS, Ground, Measure, Step
from torg.people import queries as people
from torg.records.days import day_of

LOCAL = ZoneInfo("Europe/Oslo")
# The page that the room for complaints answers at; the last part is the notice's secret.
COMPLAINT_PATH = "/klage/%s"
# Stands in the stored text where the secret was: only the author has the link.
COVERED_LINK = "•••"
LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class Token:
    """The secret of one notice, and the digest by which we know it again."""

    secret: str = field(repr=False)

    @property
    def digest(self) -> str:
        """SHA-256, in hex."""
        return digest_of(self.secret)

    @property
    def link(self) -> str:
        """Where the author complains."""
        return settings.PUBLIC_ADDRESS + COMPLAINT_PATH % self.secret

    @classmethod
    def fresh(cls) -> "Token":
        """One that nobody can guess."""
        return cls(chance.secret())


def limit_when_covered(limit: int) -> int:
    """What a notice may take that is shown with its secret covered, since a real one is longer."""
    return limit - length(Token.fresh().secret) + length(COVERED_LINK)


def digest_of(secret: str) -> str:
    """How a notice is found by the secret in its link (`Notice.complaint_token`)."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """All that a notice says.

    `posted` is the day in words, `wording` the rule as it read then, `law` its legal reference, `advice` what that
    version of the rule tells whoever breaks it, `attached` what was marked where it is not words.
    """

    place: str
    posted: str
    measure: Measure
    basis: Basis
    ground: Ground
    rule: str
    wording: str
    law: str
    passage: str = field(repr=False)
    sanction: Step | None
    ends_on: date | None
    review_on: date | None
    complain_by: date
    is_pointed_out_by_software: bool
    advice: str = ""
    attached: Attached | None = None


def language_of(item: Item) -> str:
    """The form that the person writes in, the municipality's own when we are unsure (a letter's language)."""
    read = getattr(item, "assessment", None)
    return language_from(read.language if read else "")


def language_from(found: str) -> str:
    """The same from what triage has said of the text."""
    if found in LANGUAGES:
        return found
    municipality = people.municipality()
    return municipality.language if municipality and municipality.language in LANGUAGES else "nb"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a person may put in their own words; who decided and how to complain always follow, as Torg words them."""

    did: str = field(repr=False)
    why: str = field(repr=False)
    means: str = field(repr=False)


def parts_of(told: Told, *, language: str) -> Parts:
    """What we did, which rule and why, and what it means, as Torg words them."""
    with translation.override(language):
        return Parts(_what_we_did(told), _which_rule(told), _what_it_means(told))


def ending_of(told: Told, *, language: str, link: str) -> str:
    """Who decided, and how to complain: what nobody can take away."""
    with translation.override(language):
        return f"{_who_decided(told)}\n\n{_how_to_complain(told, link)}"


def assemble(parts: Parts, told: Told, *, language: str, link: str) -> str:
    """The whole notice."""
    return "\n\n".join([parts.did, parts.why, parts.means, ending_of(told, language=language, link=link)])


def write(told: Told, *, language: str, link: str, limit: int) -> str:
    """The whole notice, or the short one where the channel's limit (in UTF-16 units) does not hold it."""
    said = fitting(told, language=language, link=link, limit=limit)
    whole = assemble(parts_of(said, language=language), said, language=language, link=link)
    with translation.override(language):
        return whole if length(whole) <= limit else _short(told, link, limit)


def fitting(told: Told, *, language: str, link: str, limit: int) -> Told:
    """What can be told in full: without the rule's advice where the channel has no room for it."""
    whole = assemble(parts_of(told, language=language), told, language=language, link=link)
    return told if length(whole) <= limit else replace(told, advice="")


def day_in_words(day: date, *, language: str) -> str:
    """A day as a notice in this language writes it."""
    with translation.override(language):
        return str(date_format(day, "j. F Y"))


def quote(text: str, start: int, end: int, ground: str) -> str:
    """The passage as a notice may repeat it: not at all where the text itself is the harm (strategy C6), and what is
    personal covered.
    """
    if ground in SENSITIVE_GROUNDS:
        return ""
    passage = text[start:end]
    shown = " ".join(detectors.mask(passage, detectors.run(passage)).split())
    return shown if len(shown) <= LONGEST_QUOTE else shown[: LONGEST_QUOTE - 1] + "…"


def complain_by(at: datetime, *, days: int) -> date:
    """The last day to complain on."""
    return day_of(at + timedelta(days=days))


def _what_we_did(told: Told) -> str:
    said = {"place": told.place, "date": told.posted}
    if told.ground in SENSITIVE_GROUNDS:
        return str(_SENSITIVE_DID[told.measure]) % said
    return str(_DID[told.measure]) % said


_DID: Mapping[Measure, Promise] = {
    Measure.NOTHING: gettext_lazy("This is about what you wrote on %(place)s on %(date)s. We let it stand."),
    Measure.HIDE: gettext_lazy("We have hidden what you wrote on %(place)s on %(date)s."),
    Measure.CLOSE_THREAD: gettext_lazy("We have closed the thread in which you wrote on %(place)s on %(date)s."),
    Measure.DELETE: gettext_lazy("We are deleting what you wrote on %(place)s on %(date)s."),
}
_SENSITIVE_DID: Mapping[Measure, Promise] = {
    **_DID,
    Measure.HIDE: gettext_lazy(
        "We have hidden what you wrote on %(place)s on %(date)s, to protect whoever it is about."
        " Such things must not stand where everybody can read them."
    ),
    Measure.DELETE: gettext_lazy(
        "We are deleting what you wrote on %(place)s on %(date)s, to protect whoever it is about."
        " Such things must not stand where everybody can read them."
    ),
}


def _which_rule(told: Told) -> str:
    head = (
        _("The ground is the law: %(ground)s.")
        if told.basis == Basis.LAW
        else _("The ground is our rules: %(ground)s.")
    ) % {"ground": Ground(told.ground).label.lower()}
    said = [head]
    if told.law:
        said.append(_("The law says it in %(law)s.") % {"law": told.law})
    if told.wording:
        said.append(
            _("The rule is “%(rule)s”, and it read when you wrote: “%(wording)s”")
            % {"rule": told.rule, "wording": told.wording}
        )
    if told.passage:
        said.append(_("It concerns this passage: “%(passage)s”") % {"passage": told.passage})
    if told.attached is not None:
        said.append(str(_CONCERNS[told.attached]))
    return "\n\n".join(part for part in (" ".join(said), told.advice) if part)


_CONCERNS: Mapping[Attached, Promise] = {
    Attached.PICTURE: gettext_lazy("It concerns the picture that came with the text."),
    Attached.FILM: gettext_lazy("It concerns the film that came with the text."),
    Attached.LINK: gettext_lazy("It concerns the link that came with the text."),
    Attached.OTHER: gettext_lazy("It concerns what was attached to the text."),
}


def _what_it_means(told: Told) -> str:
    said = [str(_MEANS[told.measure])]
    if told.sanction is not None:
        said.append(_how_long(told) if told.sanction in BANS else str(_FOLLOWS[told.sanction]))
    # Nobody has done wrong by writing in a language of their own.
    if told.ground != Ground.LANGUAGE:
        said.append(_("Each of us is personally responsible for what we write, also when we pass on something."))
    said.append(_("You are welcome to take part again within the rules, also with criticism of the municipality."))
    return " ".join(said)


_MEANS: Mapping[Measure, Promise] = {
    Measure.NOTHING: gettext_lazy("What you wrote stays."),
    Measure.HIDE: gettext_lazy(
        "Others do not see it; you, and on some platforms your friends, still do. We keep it as a record."
    ),
    Measure.CLOSE_THREAD: gettext_lazy("Nobody can write more in the thread. What stands there stays."),
    Measure.DELETE: gettext_lazy("Nobody can see it any longer. We keep it as a record, and you can ask to see it."),
}
_FOLLOWS: Mapping[Step, Promise] = {
    Step.GUIDANCE: gettext_lazy("Nothing more follows. Please read the rules before you write again."),
    Step.WARNING: gettext_lazy("This is a warning: if it happens again, you can be shut out for a time."),
    Step.FINAL_WARNING: gettext_lazy("This is the last warning before you are shut out for a time."),
}


def _how_long(told: Told) -> str:
    """A ban ends by itself, is looked at again, or both."""
    days = {
        name: date_format(day, "j. F Y") for name, day in (("date", told.ends_on), ("again", told.review_on)) if day
    }
    if told.ends_on is None:
        return _("You cannot write on the page. We look at this again on %(again)s.") % days
    if told.review_on is None:
        return _("You cannot write on the page until %(date)s.") % days
    return _("You cannot write on the page until %(date)s. We look at this again on %(again)s.") % days


def _who_decided(told: Told) -> str:
    decided = _("Two people in the municipality have decided this together.")
    if told.is_pointed_out_by_software:
        pointed_out = _("Our software pointed out the text; it decides nothing.")
        return f"{decided} {pointed_out}"
    return decided


def _how_to_complain(told: Told, link: str) -> str:
    return _(
        "Do you disagree? Complain by %(date)s here: %(link)s\nSomebody who has not taken part in this decides the"
        " complaint. You can also ask us to explain."
    ) % {"date": date_format(told.complain_by, "j. F Y"), "link": link}


def _short(told: Told, link: str, limit: int) -> str:
    """What we did, the ground, and how to complain; the rule's wording stands at the link."""
    ground = str(Ground(told.ground).label.lower())
    reason = _("The ground: %(ground)s.") % {"ground": f"{ground} ({told.rule})" if told.rule else ground}
    complain = _("Reasons, and how to complain by %(date)s: %(link)s") % {
        "date": date_format(told.complain_by, "j. F Y"),
        "link": link,
    }
    said = f"{_what_we_did(told)} {reason}"
    room = limit - length(complain) - 2
    if length(said) > room:
        said = said[: max(0, room // 2 - 1)].rstrip() + "…"
    return f"{said}\n\n{complain}"
