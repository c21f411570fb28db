"""The words of the records room: outcomes and states of our own, and the codes that Noark 5 and Fiks Arkiv share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(TextChoices):
    """What an assessment ends in (strategy D2): one criterion is enough to archive, both and it is journaled too."""

    NOT_ARCHIVE = "NOT_ARCHIVE", _("Not to be kept as archive")
    ARCHIVE = "ARCHIVE", _("Archive, without journaling")
    JOURNAL = "JOURNAL", _("Archive and journal")


class AssessmentState(TextChoices):
    """Where an assessment stands."""

    OPEN = "OPEN", pgettext_lazy("assessment", "Not assessed")
    DECIDED = "DECIDED", pgettext_lazy("assessment", "Assessed")
    SUPERSEDED = "SUPERSEDED", pgettext_lazy("assessment", "Assessed again later")


class ChannelTreatment(TextChoices):
    """How a channel is treated unless a person finds otherwise (strategy D1, D3, D4, D5)."""

    LIKE_EMAIL = "LIKE_EMAIL", _("Like e-mail: by its content")
    ONE_DOCUMENT = "ONE_DOCUMENT", _("Archive and journal as one document")
    NEITHER = "NEITHER", _("Normally neither archive nor journal")


class EntryType(TextChoices):
    """Type of journal entry (M082), by its code in Fiks Arkiv; the archive note is a registration of its own kind."""

    INCOMING = "I", _("Incoming document")
    OUTGOING = "U", _("Outgoing document")
    INTERNAL_FOLLOWED_UP = "N", _("Internal document for follow-up")
    INTERNAL = "X", _("Internal document without follow-up")
    PROPOSAL = "S", _("Proposal to a decision")
    ARCHIVE_NOTE = "NOTE", _("Archive note")


class EntryStatus(TextChoices):
    """Status of a journal entry (M053)."""

    DISPATCHED = "E", pgettext_lazy("journal entry", "Dispatched")
    JOURNALED = "J", pgettext_lazy("journal entry", "Journaled")
    ARCHIVED = "A", pgettext_lazy("journal entry", "Archived")
    EXPIRED = "U", pgettext_lazy("journal entry", "Expired")


class CaseStatus(TextChoices):
    """Status of a case file (M052)."""

    OPEN = "B", pgettext_lazy("case file", "In progress")
    CLOSED = "A", pgettext_lazy("case file", "Finished")
    EXPIRED = "U", pgettext_lazy("case file", "Expired")


class PartyRole(TextChoices):
    """What a correspondent is to an entry (M087)."""

    SENDER = "EA", _("Sender")
    RECIPIENT = "EM", _("Recipient")
    COPY_RECIPIENT = "EK", _("Copy recipient")
    GROUP_RECIPIENT = "GM", _("Group of recipients")
    INTERNAL_SENDER = "IA", _("Internal sender")
    INTERNAL_RECIPIENT = "IM", _("Internal recipient")
    INTERNAL_COPY_RECIPIENT = "IK", _("Internal copy recipient")


class FollowUpMethod(TextChoices):
    """How an entry was followed up (M619). The standard has no social media: an answer there counts as e-mail."""

    LETTER = "BU", _("Answered by letter")
    EMAIL = "BE", _("Answered in writing")
    TELEPHONE = "TLF", _("Answered by telephone")
    NOTED = "TE", _("Noted")
    INFORMED = "TO", _("Taken for information")


class DocumentRole(TextChoices):
    """How a document belongs to its entry (M217)."""

    MAIN = "H", _("Main document")
    ATTACHMENT = "V", pgettext_lazy("records", "Attachment")


class DocumentStatus(TextChoices):
    """Status of a document (M054)."""

    EDITED = "B", _("Being made")
    FINISHED = "F", pgettext_lazy("document", "Finished")


class Variant(TextChoices):
    """In which form a document is kept (M700)."""

    PRODUCTION = "P", _("Original")
    ARCHIVE = "A", _("Archive format")
    REDACTED = "O", _("With passages restricted")


class RestrictionTarget(TextChoices):
    """What is restricted (M502, M503)."""

    ENTRY = "ENTRY", _("The whole entry")
    TITLE = "TITLE", _("The title")
    CORRESPONDENT = "CORRESPONDENT", _("The name of a correspondent")
    DOCUMENT = "DOCUMENT", _("A whole document")
    PASSAGE = "PASSAGE", _("A passage of a text")


class AccessCode(TextChoices):
    """Why access is limited (M500)."""

    EXEMPT = "UO", _("Exempt from public access")
    PERSONNEL = "P", _("Personnel matter")
    CLIENT = "K", _("Client matter")


class ReferenceKind(TextChoices):
    """What a legal reference is used for."""

    JOURNALING = "JOURNALING", _("Duty to archive and journal")
    ACCESS = "ACCESS", _("Exemption from public access")
    SECRECY = "SECRECY", _("Duty of secrecy")
    PRESERVATION = "PRESERVATION", _("Preservation, disposal and access to one's own data")


class NumberSeriesName(TextChoices):
    """The series of numbers that we give ourselves when no archive does."""

    CASE_FILE = "CASE_FILE", _("Case files")
    JOURNAL = "JOURNAL", _("Journal entries")


# Those that must be followed up (restanse) before their case file can be finished.
NEED_FOLLOW_UP = (EntryType.INCOMING, EntryType.INTERNAL_FOLLOWED_UP)
# What we wrote ourselves freezes earlier than what came in (krav 3.2.24).
OWN_DOCUMENTS = (EntryType.OUTGOING, EntryType.INTERNAL_FOLLOWED_UP, EntryType.INTERNAL, EntryType.PROPOSAL)


# What is written by us and sent to nobody outside.
WRITTEN_HERE = (EntryType.INTERNAL_FOLLOWED_UP, EntryType.INTERNAL, EntryType.PROPOSAL)


class Question(TextChoices):
    """The questions of an assessment: whose it is, the two criteria, and what guidance asks in practice."""

    CASE_DOCUMENT = "CASE_DOCUMENT", _("Has it come in to, or been sent by, the municipality?")
    CASE_HANDLED = "CASE_HANDLED", _("Is it, or will it be, subject to case handling?")
    HAS_VALUE = "HAS_VALUE", _("Does it have value as documentation?")
    FIND_AGAIN = "FIND_AGAIN", _("Will you or others need to find it again?")
    PUBLIC_INTEREST = "PUBLIC_INTEREST", _("Is it of interest to the public?")
    BUSINESS_NEED = "BUSINESS_NEED", _("Does the municipality need it for its own work?")
    LEGAL_DUTY = "LEGAL_DUTY", _("Does a law say that it must be kept?")
    CLAIM = "CLAIM", _("Can it matter in a later claim or dispute?")
    ONLY_HERE = "ONLY_HERE", _("Does it stand nowhere else, such as on the website?")


# Any of these with yes means that the second criterion, value as documentation, is met.
SHOW_VALUE = frozenset(
    {
        Question.HAS_VALUE,
        Question.FIND_AGAIN,
        Question.PUBLIC_INTEREST,
        Question.BUSINESS_NEED,
        Question.LEGAL_DUTY,
        Question.CLAIM,
        Question.ONLY_HERE,
    }
)


class FactCode(TextChoices):
    """What is known of a subject that bears on its assessment."""

    ASKED = "ASKED", _("Somebody asked something")
    NOTHING_ASKED = "NOTHING_ASKED", _("Nobody asked anything")
    ANSWERED = "ANSWERED", _("We have answered")
    PROMISED = "PROMISED", _("We have promised something")
    CASE_WORDS = "CASE_WORDS", _("There are words that belong to a case, such as application or complaint")
    DECISION = "DECISION", _("A decision was made")
    SENSITIVE = "SENSITIVE", _("There is sensitive information")
    DANGER = "DANGER", _("It may be about danger to life")
    PRIVATE = "PRIVATE", _("It is a private message")
    REMOVED = "REMOVED", _("Something was hidden or removed by us")
    GONE = "GONE", _("Something was hidden or deleted, and not by us through Torg")
    ATTACHMENT = "ATTACHMENT", _("There are pictures or files")
    OWN_POST = "OWN_POST", _("It is a post of our own")
    ONLY_LINKS = "ONLY_LINKS", _("It only leads to a website")
    SEVERAL = "SEVERAL", _("Several people take part")


class ArchiveWay(TextChoices):
    """How we reach the archive core; without one we give our own numbers."""

    FOLDER = "FOLDER", _("Fiks Arkiv, as folders that the archive fetches")
    ZIP = "ZIP", _("Fiks Arkiv, as ZIP files that the archive fetches")
    SEALED = "SEALED", _("Fiks Arkiv, signed and encrypted for a Fiks gateway")
    NOARK = "NOARK", _("The Noark 5 interface of the archive")


class ArchiveState(TextChoices):
    """Whether we can deliver to an archive core."""

    ACTIVE = "ACTIVE", pgettext_lazy("archive", "Connected")
    BROKEN = "BROKEN", pgettext_lazy("archive", "Must be connected again")
    CLOSED = "CLOSED", pgettext_lazy("archive", "Disconnected")


class DeliveryKind(TextChoices):
    """What is delivered: a registration, or what has changed of one that the archive has."""

    CREATE = "CREATE", pgettext_lazy("archive", "Delivery")
    CORRECT = "CORRECT", pgettext_lazy("archive", "Correction")


class DeliveryState(TextChoices):
    """Where a delivery stands."""

    WAITING = "WAITING", pgettext_lazy("archive delivery", "Waiting to be sent")
    HANDED_OVER = "HANDED_OVER", pgettext_lazy("archive delivery", "Sent, not answered")
    RECEIVED = "RECEIVED", pgettext_lazy("archive delivery", "Received by the archive")
    DELIVERED = "DELIVERED", pgettext_lazy("archive delivery", "In the archive")
    UNCERTAIN = "UNCERTAIN", pgettext_lazy("archive delivery", "Uncertain, will be looked up")
    REFUSED = "REFUSED", pgettext_lazy("archive delivery", "Not accepted")
    GIVEN_UP = "GIVEN_UP", pgettext_lazy("archive delivery", "Given up")
