"""What the public may read of titles and names (offentleglova, skjermingMetadata M502)."""

import re
from collections.abc import Iterable

from torg.noark.objects import CaseFile, Correspondent, Registration, Restriction
from torg.noark.values import CorrespondentType, HiddenMetadata

MASK = "*****"

SENDERS = (CorrespondentType.SENDER, CorrespondentType.INTERNAL_SENDER)


def public_case_title(case_file: CaseFile) -> str:
    """The title of a case file, with what is withheld masked (M025 offentligTittel)."""
    first_line, words = HiddenMetadata.CASE_TITLE_BUT_FIRST_LINE, HiddenMetadata.CASE_TITLE_WORDS
    return _public_title(case_file, first_line=first_line, words=words)


def public_title(registration: Registration) -> str:
    """The title of a registration, with what is withheld masked (M025 offentligTittel)."""
    first_line, words = HiddenMetadata.ENTRY_TITLE_BUT_FIRST_LINE, HiddenMetadata.ENTRY_TITLE_WORDS
    withheld = (one.name for one in registration.correspondents if is_withheld(one, registration.restriction))
    return without_names(_public_title(registration, first_line=first_line, words=words), withheld)


def without_names(title: str, names: Iterable[str]) -> str:
    """The title with these names masked, in whatever case they are written."""
    for name in names:
        if name.strip():
            title = re.sub(re.escape(name), MASK, title, flags=re.IGNORECASE)
    return title


def public_name(correspondent: Correspondent, restriction: Restriction | None) -> str:
    """The name of a correspondent, or the mask when it is withheld."""
    return MASK if is_withheld(correspondent, restriction) else correspondent.name


def is_withheld(correspondent: Correspondent, restriction: Restriction | None) -> bool:
    """Whether the public may not read this name."""
    return correspondent.is_restricted or hides(restriction, name_kind(correspondent))


def name_kind(correspondent: Correspondent) -> HiddenMetadata:
    """Which of the withheld kinds a correspondent's name is."""
    return HiddenMetadata.SENDER_NAME if correspondent.kind in SENDERS else HiddenMetadata.RECIPIENT_NAME


def hides(restriction: Restriction | None, kind: HiddenMetadata) -> bool:
    """Whether this is withheld; a temporary restriction withholds all until someone has assessed it."""
    return restriction is not None and bool({kind, HiddenMetadata.TEMPORARY} & set(restriction.hides))


def _public_title(unit: CaseFile | Registration, *, first_line: HiddenMetadata, words: HiddenMetadata) -> str:
    if unit.public_title:
        return unit.public_title
    if hides(unit.restriction, first_line) and not hides(unit.restriction, HiddenMetadata.TEMPORARY):
        return f"{unit.title.strip().splitlines()[0]} {MASK}"
    # Words are hidden but nobody said which: the whole is, since the standard makes the public title obligatory then.
    return MASK if hides(unit.restriction, words) else unit.title
