"""What the forms of a case choose among: rules, passages, colleagues; and where a quoted passage stands."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.dialogue.models import Attachment
from torg.moderation import queries
from torg.moderation.attached import attached_as
from torg.moderation.models import Case, Passage, RuleVersion
from torg.moderation.types import Severity
from torg.moderation.words import Mark
from torg.people.models import Person

LOCAL = ZoneInfo("Europe/Oslo")


def rules(*, at: datetime) -> list[tuple[str, str]]:
    """The rules in force under which something can be done."""
    return among(queries.rules_in_force(at))


def among(versions: Iterable[RuleVersion]) -> list[tuple[str, str]]:
    """Those of these rules under which something can be done."""
    return [
        (str(version.rule.public_id), _titled(version)) for version in versions if version.severity != Severity.GUIDING
    ]


def passages(case: Case, *, at: datetime) -> list[tuple[str, str]]:
    """The passages of the wording that stands, each with its rule; never the words, which may be masked."""
    rows = case.passages.filter(version_number=case.item.version_count).select_related("rule").order_by("start")
    return numbered(rows, queries.rules_in_force(at))


def numbered(rows: Iterable[Passage], versions: Iterable[RuleVersion]) -> list[tuple[str, str]]:
    """These passages as choices, with the rules that hold now."""
    titles = {version.rule_id: _titled(version) for version in versions}
    named = _("Passage %(number)s – rule %(rule)s")
    return [
        (str(row.public_id), named % {"number": number, "rule": titles.get(row.rule_id, row.rule.number)})
        for number, row in enumerate(rows, start=1)
    ]


def _titled(version: RuleVersion) -> str:
    return f"{version.rule.number}. {version.wording(get_language() or 'nb').title}"


def attachments(rows: Iterable[Attachment]) -> list[tuple[str, str]]:
    """What came with the text, as choices: what sort of thing it is, and the number that it has on the page."""
    return [
        (str(row.public_id), f"{number}. {attached_as(row.kind).label}") for number, row in enumerate(rows, start=1)
    ]


def place_of(case: Case, quoted: str, *, which: int | None = None, rule_id: UUID) -> Mark:
    """Where the quoted words stand in the text; nothing quoted is the whole of it.

    `which` counts the places from 1, where the words stand more than once. Raises Invalid.
    """
    text, version = case.item.text, case.item.version_count
    # A browser sends its own line endings.
    wanted = next((form for form in (quoted.strip(), quoted.strip().replace("\r\n", "\n")) if form in text), None)
    if wanted == "":
        return Mark(rule_id, 0, len(text), version)
    if wanted is None:
        raise Invalid(_("These words do not stand in the text. Copy them as they stand."), field="passage")
    starts = [found.start() for found in re.finditer(f"(?={re.escape(wanted)})", text)]
    if which is None and len(starts) > 1:
        told = _("These words stand %(count)s times in the text. Say which of them you mean, counted from the first.")
        raise Invalid(told % {"count": len(starts)}, field="which")
    if not 1 <= (which or 1) <= len(starts):
        raise Invalid(_("The words do not stand so many times in the text. Count again."), field="which")
    start = starts[(which or 1) - 1]
    return Mark(rule_id, start, start + len(wanted), version)


def colleagues() -> list[tuple[str, str]]:
    """Everybody who works here."""
    rows = Person.objects.filter(left_at=None).order_by("name")
    return [(str(public_id), name) for public_id, name in rows.values_list("public_id", "name")]


def chosen_of(form: forms.Form) -> list[UUID]:
    """The cases that were ticked; raises Invalid for none."""
    if not form.is_valid():
        raise Invalid(_("Choose at least one case."))
    found: list[UUID] = form.cleaned_data["chosen"]
    return found
