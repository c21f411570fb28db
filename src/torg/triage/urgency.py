"""How soon somebody should look: points for each sort of finding, so that every rank can be explained."""

from collections.abc import Iterable

from torg import detectors
from torg.detectors import Kind
from torg.triage.readings import Reading
from torg.triage.types import Assessment, Reason

HIGHEST = 100
# The finding's own score scales these: a doubtful threat weighs less than a plain one.
POINTS = {
    Kind.DANGER: 105,
    Kind.THREAT: 45,
    Kind.NATIONAL_ID: 40,
    Kind.CHILD: 35,
    Kind.HEALTH: 30,
    Kind.HATE: 30,
    Kind.ACCOUNT: 25,
    Kind.QUESTION: 20,
    Kind.CASE_HANDLING: 15,
    Kind.INSULT: 12,
    Kind.OBSCENE: 12,
    Kind.LINK: 10,
    Kind.PHONE: 5,
    Kind.EMAIL: 5,
    Kind.PROFANITY: 5,
}
ORDINARY_LINK = "link"
# Somebody is known to have harmed by it.
BLOCKED_LINK, POINTS_OF_BLOCKED_LINK = "link.blocked", 30
SURE_OF_DANGER = 0.75


def assess(item_id: int, reading: Reading, *, is_own: bool) -> Assessment:
    """Say how soon somebody should look at an item, and why, from what was read in its text."""
    findings = reading.findings
    kinds = {finding.kind for finding in findings} if not is_own else set()
    reasons = () if is_own else reasons_of(findings)
    language = next((finding for finding in findings if finding.kind is Kind.LANGUAGE), None)
    return Assessment(
        item_id=item_id,
        findings=findings,
        reasons=reasons,
        urgency=total(reasons),
        is_question=Kind.QUESTION in kinds,
        is_sensitive=any(finding.is_sensitive for finding in findings),
        is_danger=any(f.kind is Kind.DANGER and f.score >= SURE_OF_DANGER for f in findings) and not is_own,
        language=str(language.params["language"]) if language else "",
        masked_text=reading.masked_text,
    )


def reasons_of(findings: Iterable[detectors.Finding]) -> tuple[Reason, ...]:
    """The strongest finding of each kind with its points, most points first; the points add up to the urgency."""
    strongest: dict[Kind, detectors.Finding] = {}
    for finding in findings:
        known = strongest.get(finding.kind)
        if finding.kind in POINTS and finding.code != ORDINARY_LINK and (known is None or finding.score > known.score):
            strongest[finding.kind] = finding
    scored = [
        Reason(finding.kind, finding.code, round(_points(finding) * finding.score), finding.params)
        for finding in strongest.values()
    ]
    return tuple(sorted(scored, key=lambda reason: (-reason.points, reason.kind)))


def _points(finding: detectors.Finding) -> int:
    return POINTS_OF_BLOCKED_LINK if finding.code == BLOCKED_LINK else POINTS[finding.kind]


def total(reasons: Iterable[Reason]) -> int:
    """The urgency: all points, at most a hundred."""
    return min(sum(reason.points for reason in reasons), HIGHEST)
