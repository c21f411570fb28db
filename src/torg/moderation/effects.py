"""What an act really does on each platform: the capability matrix, as data, in words that promise nothing more.

Read from the platforms' documentation (docs/… of each are named in the connectors); what a connection itself can do
is narrower, and decides which buttons there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.channels.models import Connection
from torg.connectors.contract import ActKind
from torg.moderation import acts
from torg.moderation.words import Measure


class Means(StrEnum):
    """How something can be done on a platform."""

    BY_US = "BY_US"
    BY_HAND = "BY_HAND"
    NOT = "NOT"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one act does: by what means, whether it can be undone, and who sees what afterwards."""

    means: Means
    is_reversible: bool
    says: Promise


@dataclass(frozen=True, slots=True)
class Told:
    """One act as the page tells of it."""

    name: Promise
    means: Means
    is_reversible: bool
    says: Promise


HIDE, DELETE, BAN, CLOSE, TELL = "hide", "delete", "ban", "close", "tell"
NAMES: dict[str, Promise] = {
    HIDE: Measure.HIDE.label,
    DELETE: Measure.DELETE.label,
    BAN: pgettext_lazy("measure", "Shut out"),
    CLOSE: Measure.CLOSE_THREAD.label,
    TELL: _("Notice to the author"),
}
_US, _HAND, _NOT = Means.BY_US, Means.BY_HAND, Means.NOT
_GONE = Effect(_US, False, _("It is gone for everyone, and cannot be brought back."))
_NO_DELETE = Effect(_NOT, False, _("Nobody but the author or the server's own staff can remove it."))
_NO_CLOSE = Effect(_NOT, False, _("The platform cannot close a thread."))
_WEEK = Effect(_US, False, _("One private message, within seven days of the comment and before it is deleted."))

MATRIX: Mapping[str, Mapping[str, Effect]] = {
    "facebook": {
        HIDE: Effect(_US, True, _("Others do not see it. The author and the author's friends still do.")),
        DELETE: _GONE,
        BAN: Effect(_US, True, _("The person can read the page, and not write on it.")),
        CLOSE: Effect(_HAND, True, _("Only in the platform's own app.")),
        TELL: _WEEK,
    },
    "instagram": {
        HIDE: Effect(_US, True, _("Nobody but the author sees it.")),
        DELETE: _GONE,
        BAN: Effect(_HAND, True, _("Only in the platform's own app.")),
        CLOSE: Effect(_US, True, _("Nobody can comment on the post; what stands there is hidden too.")),
        TELL: _WEEK,
    },
    "youtube": {
        HIDE: Effect(_US, True, _("It is held back: only the author sees it.")),
        DELETE: Effect(_US, False, _("It is rejected together with its replies, and can never be shown again.")),
        BAN: Effect(_US, True, _("New comments from the person are hidden. Done only together with a rejection.")),
        CLOSE: Effect(_HAND, True, _("Only in the platform's own app.")),
        TELL: Effect(_NOT, False, _("The platform gives no way to write to the author.")),
    },
    "x": {
        HIDE: Effect(_US, True, _("It lies behind “hidden replies”, where everyone can still open it.")),
        DELETE: _NO_DELETE,
        BAN: Effect(_HAND, True, _("Only in the platform's own app.")),
        CLOSE: Effect(_HAND, True, _("Who may reply is chosen when the post is published.")),
        TELL: Effect(_US, False, _("Only when the person's messages are open.")),
    },
    "mastodon": {
        HIDE: Effect(_NOT, False, _("The platform cannot hide replies for others.")),
        DELETE: _NO_DELETE,
        BAN: Effect(
            _US, True, _("The person cannot follow us or mention us. What is written stays visible to others.")
        ),
        CLOSE: _NO_CLOSE,
        TELL: Effect(_US, False, _("A reply that only the person sees.")),
    },
    "bluesky": {
        HIDE: Effect(_US, True, _("It lies behind a click, where everyone can still open it.")),
        DELETE: _NO_DELETE,
        BAN: Effect(_US, True, _("The person cannot answer us. The list of those shut out is public.")),
        CLOSE: Effect(_US, True, _("Nobody can answer any more. What stands there stays.")),
        TELL: Effect(_US, False, _("Only when the person's messages are open.")),
    },
    "nettstedet": {
        HIDE: Effect(_US, True, _("Nobody sees it on our site.")),
        DELETE: _GONE,
        BAN: Effect(_NOT, False, _("Anybody may write without an account, so nobody can be shut out.")),
        CLOSE: Effect(_HAND, True, _("Only for the whole site at once, where the site is published.")),
        TELL: Effect(_US, False, _("By e-mail, where the author has left an address.")),
    },
}
# A platform that nobody has described: all is done by hand, and nothing is promised.
UNKNOWN = Effect(_HAND, False, _("Done by hand. Look afterwards at what became of it."))
KIND_OF = {HIDE: ActKind.HIDE, DELETE: ActKind.DELETE, BAN: ActKind.BAN}


def effects_on(connection: Connection) -> list[Told]:
    """What each act does on this channel; what our connection cannot do there is done by hand, where it can be."""
    known = MATRIX.get(connection.platform, {})
    return [_told(connection, act, known.get(act, UNKNOWN)) for act in NAMES]


def _told(connection: Connection, act: str, effect: Effect) -> Told:
    means = effect.means
    if act in KIND_OF and means == Means.BY_US and not acts.can(connection, KIND_OF[act]):
        means = Means.BY_HAND
    return Told(NAMES[act], means, effect.is_reversible, effect.says)
