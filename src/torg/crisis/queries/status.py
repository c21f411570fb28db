"""The status page: what the public reads of an incident, in each language, from what has been approved."""

from datetime import datetime, timedelta

from django.utils.safestring import SafeString

from torg.crisis.models import (
    AnswerVersion,
    Incident,
    Question,
    Rumour,
    Statement,
    StatementVersion,
    StatementWithdrawal,
)
from torg.crisis.types import (
    STATED,
    IncidentState,
    QuestionState,
    StatementState,
    StatusPage,
    ToldAnswer,
    ToldCorrection,
    ToldRumour,
    ToldSource,
    ToldStatement,
)
from torg.publishing import rendering
from torg.publishing.types import Words

# So long after it is over its page still says so.
SHOWN_AFTER = timedelta(days=14)


def public_incidents(*, at: datetime) -> list[Incident]:
    """Real incidents that run, the newest first, and those that ended a short while ago. Exercises never."""
    real = Incident.objects.filter(is_exercise=False)
    running = real.exclude(state=IncidentState.CLOSED).order_by("-opened_at")
    over = real.filter(state=IncidentState.CLOSED, closed_at__gt=at - SHOWN_AFTER)
    return [*running, *over.order_by("-closed_at")]


def titles_running() -> list[str]:
    """What real incidents that run are called, the newest first: for the line that is pinned on every public page."""
    rows = Incident.objects.filter(is_exercise=False).exclude(state=IncidentState.CLOSED)
    return list(rows.order_by("-opened_at").values_list("title", flat=True))


def status_pages(language: str, *, at: datetime) -> list[StatusPage]:
    """What the public status page shows."""
    return [status_page(incident, language) for incident in public_incidents(at=at)]


def status_page(incident: Incident, language: str) -> StatusPage:
    """One incident as the public reads it; of an exercise, as the public would read it."""
    statements = [_told(row, language) for row in _published(incident)]
    answered = Question.objects.filter(incident=incident, state=QuestionState.ANSWERED, is_public=True)
    answers = [
        _answer(row, language)
        for row in answered.order_by("-answered_at").select_related("answer").prefetch_related("versions")
    ]
    rumours = [_rumour(row, language) for row in incident.rumours.filter(ended_at=None).order_by("-corrected_at")]
    changes = [incident.opened_at, incident.closed_at or incident.opened_at]
    changes += [one.published_at for one in statements]
    changes += [corrected.at for one in statements for corrected in one.corrections]
    changes += [corrected.at for one in answers for corrected in one.corrections]
    changes += [one.withdrawn.at for one in statements if one.withdrawn]
    changes += [one.answered_at for one in answers] + [one.at for one in rumours]
    return StatusPage(
        title=incident.title,
        severity=incident.severity,
        is_exercise=incident.is_exercise,
        is_over=incident.state == IncidentState.CLOSED,
        opened_at=incident.opened_at,
        closed_at=incident.closed_at,
        changed_at=max(changes),
        next_statement_at=incident.next_statement_at,
        statements=statements,
        answers=answers,
        rumours=rumours,
        sources=[ToldSource(row.name, row.address) for row in incident.sources.filter(ended_at=None).order_by("id")],
    )


def _published(incident: Incident) -> list[Statement]:
    rows = incident.statements.filter(state__in=STATED).order_by("-number")
    return list(rows.select_related("withdrawal").prefetch_related("versions"))


def _told(row: Statement, language: str) -> ToldStatement:
    if row.state == StatementState.WITHDRAWN:
        return _withdrawn(row, row.withdrawal, language)
    versions = {version.number: version for version in row.versions.all()}
    out = versions[row.published_version or 1]
    spoken = language_shown(out, language, row.language)
    corrections = [
        _corrected(version, language, row.language)
        for number, version in sorted(versions.items())
        if version.told and number <= out.number
    ]
    return ToldStatement(
        number=row.number or 0,
        title=out.texts[spoken]["title"],
        html=html_of(out, spoken),
        published_at=row.published_at or row.made_at,
        corrections=corrections,
        language=spoken,
    )


def _answer(row: Question, language: str) -> ToldAnswer:
    said = row.answer.texts if row.answer is not None else {}
    spoken = language if language in said else row.language
    versions = sorted(row.versions.all(), key=lambda version: version.number)
    return ToldAnswer(
        **said[spoken],
        answered_at=row.answered_at or row.first_asked_at,
        language=spoken,
        corrections=[_corrected(version, language, row.language) for version in versions if version.told],
    )


def _rumour(row: Rumour, language: str) -> ToldRumour:
    spoken = language if language in row.texts else row.language
    return ToldRumour(**row.texts[spoken], at=row.corrected_at, language=spoken)


def _withdrawn(row: Statement, withdrawal: StatementWithdrawal, language: str) -> ToldStatement:
    """Its number and time stay; what it said does not."""
    spoken = language if withdrawal.told.get(language) else row.language
    told = ToldCorrection(withdrawal.withdrawn_at, withdrawal.told.get(spoken, ""), spoken)
    return ToldStatement(row.number or 0, "", "", row.published_at or row.made_at, (), language, withdrawn=told)


def html_of(version: StatementVersion, language: str) -> SafeString:
    """The text as it stands on the page; sanitised by nh3, so what is not on publishing's short list is gone."""
    text = version.texts[language]
    return SafeString(rendering.html_of(Words(text["title"], body=text["body"])))


def _corrected(version: StatementVersion | AnswerVersion, language: str, main: str) -> ToldCorrection:
    spoken = language if version.told.get(language) else main
    return ToldCorrection(version.made_at, version.told.get(spoken, ""), spoken)


def language_shown(version: StatementVersion, language: str, main: str) -> str:
    """The language asked for where the statement has it, else the one that it was written in first."""
    return language if language in version.texts else main
