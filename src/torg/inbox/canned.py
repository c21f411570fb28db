"""Variables of ready answers: the few that exist, and what they become."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from torg.core.errors import Invalid

_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACKETS = re.compile(r"\[([^\[\]]{1,30})\]")
MEANINGS = {
    "first_name": gettext_lazy("The first name of the one who wrote; nothing where the platform keeps it back"),
    "unit": gettext_lazy("The unit that has the enquiry"),
    "hours": gettext_lazy("Today's answering hours"),
    "link": gettext_lazy("The guide's address, else the page's own"),
    "sender": gettext_lazy("Your first name"),
}
NAMES = tuple(MEANINGS)
# What stands in the text before people: “[first name]”, in whichever of our languages they write it.
WORDS = {
    "first_name": pgettext_lazy("word in a ready answer", "first name"),
    "unit": pgettext_lazy("word in a ready answer", "unit"),
    "hours": pgettext_lazy("word in a ready answer", "answering hours"),
    "link": pgettext_lazy("word in a ready answer", "link"),
    "sender": pgettext_lazy("word in a ready answer", "your first name"),
}


@dataclass(frozen=True, slots=True)
class Values:
    """What the variables stand for in one enquiry; a name that the platform keeps back is empty."""

    first_name: str
    unit: str
    hours: str
    link: str
    sender: str

    def as_mapping(self) -> Mapping[str, str]:
        return {name: getattr(self, name) for name in NAMES}


def example(*, sender: str) -> Values:
    """Invented values, to show how a text will look."""
    return Values(
        first_name="Kari",
        unit=_("The service centre"),
        hours="08:00–15:30",
        link="https://www.kommune.example",
        sender=(sender.split() or [""])[0],
    )


def for_people(text: str) -> str:
    """The text as people read and write it, with “[first name]” for the variable."""
    return _VARIABLE.sub(lambda match: f"[{WORDS[match[1]]}]" if match[1] in WORDS else match[0], text)


def from_people(text: str) -> str:
    """The text as it is kept; what stands in brackets and is no word of ours stays as it is."""
    known = _names_by_word()
    return _BRACKETS.sub(
        lambda match: f"{{{{ {known[match[1].strip().lower()]} }}}}" if match[1].strip().lower() in known else match[0],
        text,
    )


def _names_by_word() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(word).lower(): name for name, word in WORDS.items()}
    return found


def check_variables(text: str) -> None:
    """Raises Invalid for a variable that does not exist."""
    unknown = sorted({name for name in _VARIABLE.findall(text) if name not in NAMES})
    if unknown:
        raise Invalid(
            _("There is no variable called %(unknown)s. You can use: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(f"[{word}]" for word in WORDS.values())},
            field="text",
        )


def fill(text: str, values: Values) -> str:
    """The text with its variables filled in; “Hi {{ first_name }},” to nobody becomes “Hi,”."""
    check_variables(text)
    known = values.as_mapping()
    filled = _VARIABLE.sub(lambda match: known[match[1]], text)
    return re.sub(r"[ \t]+([,!.])", r"\1", filled)
