"""Variables of ready answers: the few that exist, and what they become."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torg.core.errors import Invalid

_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
MEANINGS = {
    "first_name": gettext_lazy("The first name of the one who wrote; nothing where the platform keeps it back"),
    "unit": gettext_lazy("The unit that has the enquiry"),
    "hours": gettext_lazy("Today's answering hours"),
    "link": gettext_lazy("The guide's address, else the page's own"),
    "sender": gettext_lazy("Your first name"),
}
NAMES = tuple(MEANINGS)


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


def check_variables(text: str) -> None:
    """Raises Invalid for a variable that does not exist."""
    unknown = sorted({name for name in _VARIABLE.findall(text) if name not in NAMES})
    if unknown:
        raise Invalid(
            _("There is no variable called %(unknown)s. You can use: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(NAMES)},
            field="text",
        )


def fill(text: str, values: Values) -> str:
    """The text with its variables filled in; “Hi {{ first_name }},” to nobody becomes “Hi,”."""
    check_variables(text)
    known = values.as_mapping()
    filled = _VARIABLE.sub(lambda match: known[match[1]], text)
    return re.sub(r"[ \t]+([,!.])", r"\1", filled)
