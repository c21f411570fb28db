"""The documentation plan (dokumentasjonsplan, arkivlova § 8): what arises, what is archive, where, by which rule."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from torg.records.codes import ChannelTreatment, Outcome
from torg.records.models import Assessment, Capture, ChannelDefault, DisposalRule, JournalEntry
from torg.records.preservation_codes import RuleState

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One kind of documentation. `number` is how many there are now; `archived` how many of them are archive."""

    kind: str
    arises_in: str
    is_archive: str
    assessed: str
    stored: str
    disposal: str
    ground: str
    number: int
    archived: int


def rows() -> list[PlanRow]:
    """Every kind of documentation that arises in Torg, the channels' conversations first."""
    rules = _disposal_rules()
    return [*_conversations(rules), *_others(rules)]


def as_csv(found: Iterable[PlanRow]) -> str:
    """The plan as a spreadsheet reads it: semicolons, and nothing in it is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([heading for heading, _value in headings()])
    for row in found:
        writer.writerow([_plain(str(value)) for value in asdict(row).values()])
    return out.getvalue()


def headings() -> list[tuple[str, str]]:
    """What each column is called, with its field."""
    names = (
        _("Kind of documentation"), _("Arises in"), _("Is it archive?"), _("Assessed by"), _("Stored in"),
        _("Retention and disposal"), _("Legal ground"), _("Number now"), _("Of them archive"),
    )  # fmt: skip
    return list(zip(names, (field.name for field in fields(PlanRow)), strict=True))


def _conversations(rules: str) -> Iterator[PlanRow]:
    counts = Assessment.objects.values_list("channel", "outcome").annotate(number=Count("id")).order_by()
    by_channel: dict[str, Counter[str]] = {}
    for channel, outcome, number in counts:
        by_channel.setdefault(channel, Counter())[outcome] += number
    for row in ChannelDefault.objects.order_by("channel"):
        counted = by_channel.get(row.channel, Counter())
        yield PlanRow(
            kind=_("Conversations, posts and private messages"),
            arises_in=row.channel,
            is_archive=str(ChannelTreatment(row.treatment).label),
            assessed=_("A person, or a rule that a person has switched on, within %(days)d working days")
            % {"days": row.days},
            stored=_("Torg: database and files, and the archive core when one is connected"),
            disposal=rules,
            ground="arkivforskriften 2025 §§ 1, 14",
            number=counted.total(),
            archived=counted[Outcome.ARCHIVE] + counted[Outcome.JOURNAL],
        )


def _others(rules: str) -> Iterator[PlanRow]:
    always, never = _("Always"), _("No: evidence of what others in this list are made from")
    torg, kept = _("Torg: database and files"), pgettext("documentation plan", "Kept")
    person = _("Two people, when they decide")
    decisions = JournalEntry.objects.filter(subject_kind="moderation.case")
    journal, captures = JournalEntry.objects.count(), Capture.objects.count()
    yield PlanRow(
        _("Decisions on deletion and their notices"), _("Moderation"), always, person, torg, rules,
        "arkivforskriften 2025 § 14", decisions.count(), decisions.count(),
    )  # fmt: skip
    yield PlanRow(
        _("The journal: case files, entries and their changes"), _("The archive"), always, _("Made with each entry"),
        torg, kept, "offentleglova § 10", journal, journal,
    )  # fmt: skip
    yield PlanRow(
        _("Captures: what was said, as it was known at one moment"), _("Assessment and moderation"), always,
        _("Taken before anybody acts"), torg, rules, "arkivlova § 5", captures, captures,
    )  # fmt: skip
    yield PlanRow(
        _("Deliveries from the platforms, as they came"), _("Channels"), never, "–", torg,
        _("Detached by month when nothing needs them"), "arkivforskriften 2025 § 1", 0, 0,
    )  # fmt: skip
    yield PlanRow(
        _("The log of who did what"), _("Everywhere"), always, _("Made with each act"), torg, kept,
        "arkivlova § 5", 0, 0,
    )  # fmt: skip


def _disposal_rules() -> str:
    approved = DisposalRule.objects.filter(state=RuleState.APPROVED).order_by("id")
    told = [_("%(name)s: %(years)d years") % {"name": rule.name, "years": rule.years} for rule in approved[:20]]
    return "; ".join(told) or _("Kept: no rule of disposal holds")


def _plain(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
