"""What happens in the media library."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

ADDED = Event("media.medium.added", _("Added a medium to the library"))
CHANGED = Event("media.medium.changed", _("Changed what is told of a medium"))
FOCUSED = Event("media.medium.focused", _("Chose what a crop of a picture keeps"))
SCANNED = Event("media.medium.searched", _("A medium was searched for viruses"))
SET_ASIDE = Event("media.medium.set-aside", _("Took a medium out of use"))
TAKEN_BACK = Event("media.medium.taken-back", _("Took a medium into use again"))
DELETED = Event("media.medium.deleted", _("Deleted a medium"))
RIGHTS_ENDED = Event("media.medium.rights-ended", _("The right to use a medium has ended"))
CAPTIONED = Event("media.medium.captioned", _("Gave a film captions"))
ALT_NOTED = Event("media.medium.alt-text-noted", _("Gave a picture an alternative text"))
SIZE_NOTED = Event("media.medium.size-noted", _("A film was made ready in one size, or could not be"))
SIZES_ASKED = Event("media.medium.sizes-asked", _("Asked for a film to be made ready once more"))
POSTER_CHOSEN = Event("media.medium.poster-chosen", _("Chose the picture that stands for a film"))
CONSENT_REGISTERED = Event("media.consent.registered", _("Registered a consent"))
CONSENT_WITHDRAWN = Event("media.consent.withdrawn", _("Registered that a consent is withdrawn"))
CONSENT_ENDED = Event("media.consent.ended", _("A consent has ended"))
DEPICTION_NOTED = Event("media.depiction.noted", _("Noted who is depicted in a medium"))
DEPICTION_ENDED = Event("media.depiction.ended", _("Noted that somebody is not depicted in a medium"))
TAKEN_DOWN = Event("media.take-down.done", _("Took a medium down from a place"))
LEFT_STANDING = Event("media.take-down.kept", _("Let a medium stand, with a reason"))
ROUTINE_MADE = Event("media.routine.made", _("Changed the routine for pictures of people"))
