"""The words of preservation: deposits, disposal, holds, erasure requests, exports to a party."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DepositState(TextChoices):
    """How far a deposit package has come."""

    WAITING = "WAITING", pgettext_lazy("deposit", "Being made")
    WRITTEN = "WRITTEN", pgettext_lazy("deposit", "Made, and all our tests passed")
    FAULTY = "FAULTY", pgettext_lazy("deposit", "Made, but a test failed")
    FAILED = "FAILED", pgettext_lazy("deposit", "Not made")


class RuleState(TextChoices):
    """Where a rule of disposal stands; it holds only while it is approved."""

    PROPOSED = "PROPOSED", pgettext_lazy("disposal rule", "Proposed")
    APPROVED = "APPROVED", pgettext_lazy("disposal rule", "Approved by two")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("disposal rule", "Withdrawn")


class DisposalState(TextChoices):
    """Where the disposal of one entry's documents stands."""

    PROPOSED = "PROPOSED", pgettext_lazy("disposal", "Proposed")
    DECIDED = "DECIDED", pgettext_lazy("disposal", "Decided")
    KEPT = "KEPT", pgettext_lazy("disposal", "Kept")
    DONE = "DONE", pgettext_lazy("disposal", "Disposed of")


class Disposable(TextChoices):
    """What a rule of disposal is for. A journal entry itself is never disposed of, only its documents."""

    NOTES = "NOTES", _("Documents of archive notes")
    ENTRIES = "ENTRIES", _("Documents of journal entries")


class ErasureState(TextChoices):
    """Where a request for erasure stands."""

    RECEIVED = "RECEIVED", pgettext_lazy("erasure request", "Received")
    ANSWERED = "ANSWERED", pgettext_lazy("erasure request", "Answered")


class ExportState(TextChoices):
    """Where an export of all that is held about somebody stands."""

    WAITING = "WAITING", pgettext_lazy("party export", "Being made")
    READY = "READY", pgettext_lazy("party export", "Ready to be fetched")
    EXPIRED = "EXPIRED", pgettext_lazy("party export", "Erased")
    FAILED = "FAILED", pgettext_lazy("party export", "Not made")
