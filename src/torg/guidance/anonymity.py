"""Whether a text for everybody names somebody or holds personal data."""

import re

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.detectors import MASKED, run
from torg.guidance.models import AdviceQuestion
from torg.people.models import Person

SHORT = 3


def check_names_nobody(text: str, *, about: AdviceQuestion | None, field: str) -> None:
    """Raises Invalid, naming the words, for a colleague's whole name, a name of whoever asked, or personal data."""
    found = _names_in(text, about) or _personal_data_in(text)
    if found:
        raise Invalid(
            _("Everybody can read the guide. Take this out first: %(what)s") % {"what": ", ".join(found)}, field=field
        )


def _names_in(text: str, about: AdviceQuestion | None) -> list[str]:
    names = list(Person.objects.values_list("name", flat=True))
    if about is not None:
        names += [part for part in about.asked_by.name.split() if len(part) >= SHORT]
    return [name for name in dict.fromkeys(names) if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)]


def _personal_data_in(text: str) -> list[str]:
    return [text[finding.start : finding.end] for finding in run(text) if finding.kind in MASKED]
