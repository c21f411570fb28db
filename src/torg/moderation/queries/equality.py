"""Who is moderated, for what, and who was right to complain: by language, channel and kind of text, never by person."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from torg.dialogue.models import ItemKind
from torg.moderation import figures
from torg.moderation.figures import Figures, Table
from torg.moderation.models import Outcome, SecondOpinion, SecondReading
from torg.moderation.queries.transparency import PLATFORMS, by_ground, period_of
from torg.moderation.words import Ground, shown_as
from torg.triage.explanations import LANGUAGES

AXES = {
    "language": "case__item__assessment__language",
    "channel": "case__item__connection__platform",
    "kind": "case__item__kind",
}
Rows = Sequence[Mapping[str, Any]]
UNSURE = "unsure"
RIGHT = (Outcome.UPHELD, Outcome.PARTLY)


def equality(scopes: Collection[UUID], *, since: date, until: date) -> Figures:
    """The equality report (likebehandling) of some pages: whether some are moderated more, or more wrongly."""
    period = period_of(scopes, since, until)
    complaints = list(period.complaints.values("outcome", *(f"decision__{path}" for path in AXES.values())))
    tables = [figures.table("for_what", _("For what"), by_ground(period.decided), dict(Ground.choices))]
    for axis in AXES:
        tables += _along(axis, period.decided, complaints)
    drawn = SecondReading.objects.filter(decision__in=period.decisions).exclude(opinion="")
    counted = {str(key): count for key, count in drawn.order_by().values_list("opinion").annotate(Count("pk"))}
    tables.append(
        figures.table("second", _("What second readers would have done"), counted, dict(SecondOpinion.choices))
    )
    return Figures(_("Whether all are treated alike"), since, until, tables)


def _along(axis: str, decided: Rows, complaints: Rows) -> list[Table]:
    path, labels = AXES[axis], _labels(axis)
    titles = {
        "language": (_("Decided, by language"), _("Complained, by language"), _("Right to complain, by language")),
        "channel": (_("Decided, by channel"), _("Complained, by channel"), _("Right to complain, by channel")),
        "kind": (_("Decided, by kind of text"), _("Complained, by kind of text"), _("Right to complain, by kind")),
    }[axis]
    right = [row for row in complaints if row["outcome"] in RIGHT]
    found = [
        figures.table(f"{axis}_decided", titles[0], _count(decided, path), labels),
        figures.table(f"{axis}_complained", titles[1], _count(complaints, f"decision__{path}"), labels),
        figures.table(f"{axis}_right", titles[2], _count(right, f"decision__{path}"), labels),
    ]
    return [*found, _crossed(decided, path, labels)] if axis == "language" else found


def _crossed(decided: Rows, path: str, labels: Mapping[str, str]) -> Table:
    """For what, in each language."""
    counted = Counter(f"{_coded(row[path])}/{shown_as(row['ground'])}" for row in decided)
    pairs = {key: key.partition("/") for key in counted}
    words = {key: f"{labels.get(code, code)}: {Ground(ground).label}" for key, (code, _bar, ground) in pairs.items()}
    return figures.table("language_ground", _("For what, by language"), counted, words)


def _count(rows: Rows, path: str) -> dict[str, int]:
    return Counter(_coded(row[path]) for row in rows)


def _coded(value: str | None) -> str:
    """A language that is hard to tell is not known, as where there were no words."""
    return "" if value in (None, UNSURE) else str(value)


def _labels(axis: str) -> dict[str, str]:
    named = {**LANGUAGES, "": _("not known"), "other": _("another language")}
    return {
        "language": {code: capfirst(str(name)) for code, name in named.items()},
        "channel": PLATFORMS,
        "kind": {value: str(label) for value, label in ItemKind.choices},
    }[axis]
