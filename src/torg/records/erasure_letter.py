"""The letter to somebody who asked to be erased: what is done, and why the archive stays."""

from datetime import date

from django.utils import formats, translation
from django.utils.translation import gettext as _

from torg.people.models import Municipality
from torg.people.queries import municipality
from torg.records.models import ErasureRequest, LegalReference

# The provisions that the letter rests on, by their codes in the data.
GROUNDS = ("arkivlova-2025-13", "personvernforordningen-17-3")
LANGUAGES = ("nb", "nn", "en")


def written(request: ErasureRequest, *, language: str, on: date) -> str:
    """The letter in a language; it cites the provisions in force on the day."""
    found = LegalReference.objects.in_force(on).filter(code__in=GROUNDS)
    cited = {row.code: row.cited for row in found}
    grounds = [cited[code] for code in GROUNDS if code in cited]
    owner = municipality() or Municipality(name="Torg")
    with translation.override(language if language in LANGUAGES else "nb"):
        return "\n\n".join(
            [
                _("To %(name)s") % {"name": request.asked_by},
                _("About your request of %(day)s to have information about you erased")
                % {"day": formats.date_format(request.received_on, "DATE_FORMAT")},
                _(
                    "What you wrote, or what we wrote to you, is part of the municipality's archive (%(number)s). "
                    "The archive must be kept as it was, so that everyone can see afterwards what the municipality "
                    "did. We therefore cannot erase it."
                )
                % {"number": request.entry.own_number},
                _("This is our legal basis: %(grounds)s.") % {"grounds": ", ".join(grounds)},
                _(
                    "This is what we have done instead: access to the entry is restricted. Your name is masked in "
                    "the journal, and only those who need it for their work can open it."
                ),
                _(
                    "Do you disagree? You can complain to us, and to the Norwegian Data Protection Authority "
                    "(Datatilsynet). You can also ask to see everything that we hold about you."
                ),
                _("Regards\n%(municipality)s") % {"municipality": owner.name},
            ]
        )
