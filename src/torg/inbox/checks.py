"""The check before sending: what to look at in an answer, each with its passage and advice (strategy E1)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from torg.detectors import MASKED, run
from torg.inbox import dates, windows
from torg.inbox.types import AnswerKind, Remark

# Words by which one decides a matter; who is entitled to what is decided in a case, not on social media.
_DECIDING = re.compile(
    r"\b(?:du\s+(?:har|får)\s+(?:ikkje\s+|ikke\s+)?(?:rett|krav|innvilget|innvilga|avslag)\w*"
    r"|(?:søknaden|søknad|klagen|klaga|saken|saka)\s+(?:di|din)\w*"
    r"|vedtak(?:et)?|innvilg(?:et|a|er|ar)|avslått|avslag\w*|saksnummer|dispensasjon\w*"
    r"|your\s+(?:application|appeal|case)|you\s+are\s+(?:not\s+)?entitled)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:^|[\n.!?])\s*(?:hilsen|helsing|med\s+vennlig\s+hilsen|med\s+venleg\s+helsing|mvh|regards|kind\s+regards)\b"
    r"|[-–/]\s*[^\W\d_]+\s*$",
    re.IGNORECASE,
)


def check(
    text: str, *, kind: AnswerKind, limit: int | None, sender: str, written_on: date, waits_elsewhere: bool = False
) -> list[Remark]:
    """Everything that a person should look at before this is sent.

    Args:
        text: the answer.
        kind: where it goes; personal data weighs more in public.
        limit: the most that the platform takes, counted its way; None for no limit.
        sender: the name of whoever writes.
        written_on: today, for dates without a year.
        waits_elsewhere: a colleague's answer is waiting for approval.
    """
    return [
        *_too_long(text, limit),
        *_empty(text),
        *_variables_left(text),
        *_personal_data(text, kind),
        *_case_handling(text),
        *_promises(text, written_on),
        *_unsigned(text, sender),
        *_waiting(waits_elsewhere),
    ]


def unconfirmed(remarks: Sequence[Remark], confirmed: frozenset[str]) -> list[Remark]:
    """Those that stop the sending: what blocks, and what nobody has confirmed."""
    return [remark for remark in remarks if remark.is_blocking or remark.code not in confirmed]


def _too_long(text: str, limit: int | None) -> Iterator[Remark]:
    over = windows.length(text) - limit if limit is not None else 0
    if over > 0:
        advice = _("The platform takes %(limit)d characters; this is %(over)d too many. Shorten it.")
        yield Remark("too_long", advice % {"limit": limit, "over": over}, is_blocking=True)


def _empty(text: str) -> Iterator[Remark]:
    if not text.strip():
        yield Remark("empty", _("Write an answer first."), is_blocking=True)
    elif "\x00" in text:
        yield Remark(
            "unreadable", _("The text holds characters that cannot be sent. Write it again."), is_blocking=True
        )


def _variables_left(text: str) -> Iterator[Remark]:
    for match in re.finditer(r"\{\{.*?\}\}|\[\[.*?\]\]", text):
        yield _at(match, "variable_left", _("Fill in what belongs here."), is_blocking=True)


def _personal_data(text: str, kind: AnswerKind) -> Iterator[Remark]:
    in_public = kind == AnswerKind.PUBLIC_REPLY
    for finding in run(text):
        if finding.kind not in MASKED:
            continue
        advice = (
            _("This looks like personal data, and everybody can read the answer. Take it out, or answer privately.")
            if in_public
            else _("This looks like personal data. Send it only if the person needs it, and not through this platform.")
        )
        yield Remark("personal_data", advice, text[finding.start : finding.end], finding.start, finding.end)


def _case_handling(text: str) -> Iterator[Remark]:
    for match in _DECIDING.finditer(text):
        advice = _("This sounds like case handling, which does not belong here. Show where to apply instead.")
        yield _at(match, "case_handling", advice)


def _promises(text: str, written_on: date) -> Iterator[Remark]:
    for found in dates.find(text, written_on=written_on):
        if found.is_promise:
            advice = _("This is a promise. It will be remembered, and you will be reminded before %(date)s.")
            passage = text[found.start : found.end]
            yield Remark("promise", advice % {"date": date_format(found.on, "j. F")}, passage, found.start, found.end)


def _unsigned(text: str, sender: str) -> Iterator[Remark]:
    first_name = sender.split()[0] if sender.split() else ""
    is_named = bool(first_name) and re.search(rf"\b{re.escape(first_name)}\b", text, re.IGNORECASE)
    if not is_named and not _SIGNED.search(text):
        yield Remark("unsigned", _("Nobody stands behind this answer. Put your first name, or your unit, at the end."))


def _waiting(waits_elsewhere: bool) -> Iterator[Remark]:
    if waits_elsewhere:
        yield Remark(
            "answer_waits", _("A colleague's answer is waiting for approval. If you send yours, it replaces that one.")
        )


def _at(match: re.Match[str], code: str, advice: str, *, is_blocking: bool = False) -> Remark:
    return Remark(code, advice, match.group(), match.start(), match.end(), is_blocking)
