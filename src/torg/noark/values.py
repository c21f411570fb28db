"""The value lists of Noark 5: the text that a deposit carries, and the code that Fiks Arkiv sends for the same."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Self


class NotInList(ValueError):
    """A value that the list does not have; Noark's schemas do not check this, so we do."""


class Listed(Enum):
    """One value of a closed list. `number` is the M-number of the metadata that the list belongs to."""

    number: ClassVar[str]

    def __init_subclass__(cls, number: str) -> None:
        cls.number = number

    def __init__(self, text: str, code: str) -> None:
        self.text = text
        self.code = code

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The value with this text, as a deposit writes it. Raises NotInList."""
        return cls._found(text, {value.text: value for value in cls})

    @classmethod
    def from_code(cls, code: str) -> Self:
        """The value with this code, as Fiks Arkiv writes it. Raises NotInList."""
        return cls._found(code, {value.code: value for value in cls})

    @classmethod
    def _found(cls, given: str, known: dict[str, Self]) -> Self:
        if given not in known:
            raise NotInList(f"{cls.number} {cls.__name__} has no value “{given}”; it has {', '.join(known)}")
        return known[given]


@dataclass(frozen=True)
class Coded:
    """A value of a list that is open, or that each archive keeps for itself (kode og beskrivelse)."""

    code: str
    text: str = ""


class SeriesStatus(Listed, number="M051"):
    """arkivdelstatus"""

    ACTIVE = "Aktiv periode", "A"
    OVERLAPPING = "Overlappingsperiode", "O"
    CLOSED = "Avsluttet periode", "P"
    UNUSED = "Uaktuelle mapper", "U"


class FondsStatus(Listed, number="M050"):
    """arkivstatus"""

    OPENED = "Opprettet", "Opprettet"
    CLOSED = "Avsluttet", "Avsluttet"


class CaseStatus(Listed, number="M052"):
    """saksstatus; a deposit holds only closed and cancelled cases (N5.15)"""

    OPEN = "Under behandling", "B"
    CLOSED = "Avsluttet", "A"
    CANCELLED = "Utgår", "U"


class JournalStatus(Listed, number="M053"):
    """journalstatus; a deposit holds only archived and cancelled entries (N5.22)"""

    JOURNALED = "Journalført", "J"
    DISPATCHED = "Ekspedert", "E"
    ARCHIVED = "Arkivert", "A"
    CANCELLED = "Utgår", "U"


class DocumentStatus(Listed, number="M054"):
    """dokumentstatus; a deposit holds only finished documents (N5.25)"""

    DRAFT = "Dokumentet er under redigering", "B"
    FINISHED = "Dokumentet er ferdigstilt", "F"


class EntryType(Listed, number="M082"):
    """journalposttype"""

    INCOMING = "Inngående dokument", "I"
    OUTGOING = "Utgående dokument", "U"
    INTERNAL_FOLLOWED_UP = "Organinternt dokument for oppfølging", "N"
    INTERNAL = "Organinternt dokument uten oppfølging", "X"
    CASE_DRAFT = "Saksframlegg", "S"


class RemarkType(Listed, number="M084"):
    """merknadstype"""

    CASE_HANDLER = "Merknad fra saksbehandler", "MS"
    LEADER = "Merknad fra leder", "ML"
    ARCHIVIST = "Merknad fra arkivansvarlig", "MA"


class ClassificationType(Listed, number="M086"):
    """klassifikasjonstype"""

    FUNCTIONS = "Funksjonsbasert, hierarkisk", "FH"
    SUBJECTS = "Emnebasert, hierarkisk arkivnøkkel", "EH"
    SUBJECTS_FLAT = "Emnebasert, ett nivå", "E1"
    K_CODES = "K-koder", "KK"
    FACETS = "Mangefasettert, ikke hierarki", "MF"
    OBJECTS = "Objektbasert", "UO"
    NATIONAL_IDS = "Fødselsnummer", "PNR"
    PROPERTIES = "Gårds- og bruksnummer", "GBN"


class CorrespondentType(Listed, number="M087"):
    """korrespondanseparttype"""

    SENDER = "Avsender", "EA"
    RECIPIENT = "Mottaker", "EM"
    COPY_RECIPIENT = "Kopimottaker", "EK"
    GROUP_RECIPIENT = "Gruppemottaker", "GM"
    INTERNAL_SENDER = "Intern avsender", "IA"
    INTERNAL_RECIPIENT = "Intern mottaker", "IM"

    @property
    def is_internal(self) -> bool:
        """Whether this is someone in the municipality, who has a unit and a case handler."""
        return self in (CorrespondentType.INTERNAL_SENDER, CorrespondentType.INTERNAL_RECIPIENT)


class DeletionType(Listed, number="M089"):
    """slettingstype"""

    PRODUCTION_FORMAT = "Sletting av produksjonsformat", "SP"
    EARLIER_VERSION = "Sletting av tidligere versjon", "SV"
    REDACTED_VARIANT = "Sletting av variant med sladdet informasjon", "SS"


class AttachedAs(Listed, number="M217"):
    """tilknyttetRegistreringSom"""

    MAIN_DOCUMENT = "Hoveddokument", "H"
    ATTACHMENT = "Vedlegg", "V"


class Medium(Listed, number="M300"):
    """dokumentmedium"""

    PHYSICAL = "Fysisk arkiv", "F"
    ELECTRONIC = "Elektronisk arkiv", "E"
    MIXED = "Blandet fysisk og elektronisk arkiv", "B"


class DisposalDecision(Listed, number="M450"):
    """kassasjonsvedtak"""

    KEEP = "Bevares", "B"
    DISPOSE = "Kasseres", "K"
    ASSESS_LATER = "Vurderes senere", "G"


class AccessRestriction(Listed, number="M500"):
    """tilgangsrestriksjon; Fiks Arkiv has no common codes, these stand until the archive's own list is known"""

    EXEMPT = "Unntatt offentlighet", "UO"
    PERSONNEL = "Personalsaker", "P"
    CLIENTS = "Klientsaker", "KL"


class HiddenMetadata(Listed, number="M502"):
    """skjermingMetadata: what the restriction hides. Fiks Arkiv has no such list, so code and text are the same."""

    def __init__(self, text: str) -> None:
        super().__init__(text, text)

    CLASS_ID = "Skjerming klasseID"
    CLASS_TITLE = "Skjerming tittel klasse"
    CASE_TITLE_BUT_FIRST_LINE = "Skjerming tittel mappe - unntatt første linje"
    CASE_TITLE_WORDS = "Skjerming tittel mappe - utvalgte ord"
    PARTY_NAME = "Skjerming navn part i sak"
    ENTRY_TITLE_BUT_FIRST_LINE = "Skjerming tittel registrering - unntatt første linje"
    ENTRY_TITLE_WORDS = "Skjerming tittel registrering - utvalgte ord"
    SENDER_NAME = "Skjerming navn avsender"
    RECIPIENT_NAME = "Skjerming navn mottaker"
    DOCUMENT_TITLE = "Skjerming tittel dokumentbeskrivelse"
    REMARK = "Skjerming merknadstekst"
    TEMPORARY = "Midlertidig skjerming"


class HiddenDocument(Listed, number="M503"):
    """skjermingDokument"""

    WHOLE = "Skjerming av hele dokumentet", "H"
    PART = "Skjerming av deler av dokumentet", "D"


class FollowUpMethod(Listed, number="M619"):
    """avskrivningsmaate; the standard has no social media, so an answer there is most often called an e-mail"""

    BY_LETTER = "Besvart med brev", "BU"
    BY_EMAIL = "Besvart med e-post", "BE"
    BY_PHONE = "Besvart på telefon", "TLF"
    TAKEN_NOTE_OF = "Tatt til etterretning", "TE"
    FOR_INFORMATION = "Tatt til orientering", "TO"


class Variant(Listed, number="M700"):
    """variantformat"""

    PRODUCTION = "Produksjonsformat", "P"
    ARCHIVE = "Arkivformat", "A"
    REDACTED = "Dokument hvor deler av innholdet er skjermet", "O"


class WhenRestrictionEnds(Listed, number="skjermingOpphoererAksjon"):
    """skjermingOpphoererAksjon (Fiks Arkiv only)"""

    OPEN_AT_NEXT_RUN = "Avgraderes ved første kjøring av funksjon for avgradering", "A"
    ASSESS = "Gjennomgås for vurdering av avgradering", "G"
    OPEN_THEN = "Sperrefrist, avgraderes automatisk når avgraderingsdato nås", "S"
    NEVER_BY_ITSELF = "Unntatt fra automatisk avgradering", "U"


# dokumenttype (M083) is an open list: what people write to us and we to them, a notice, the note behind a decision.
CORRESPONDENCE = Coded("KORR", "Korrespondanse")
NOTICE = Coded("MELDING", "Melding")
NOTE = Coded("NOTAT", "Notat")

# forsendelsesmaate of Fiks Arkiv is each archive's own list; this is the code that we propose.
SOCIAL_MEDIA = Coded("SOME", "Sosiale medier")
