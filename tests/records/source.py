"""A source of subjects for tests: what it is told to know, it knows."""

from torg.records.models import Assessment
from torg.records.types import Changes, SubjectFacts

known = {}
codes = {}
marks = {}


def clear():
    for told in (known, codes, marks):
        told.clear()


def tell(snapshot, *facts, mark=1):
    """Let the source know this snapshot, by these facts."""
    known[snapshot.subject.id] = snapshot
    codes[snapshot.subject.id] = frozenset(facts)
    marks[snapshot.subject.id] = mark
    return snapshot


def snapshot(subject_id, *, at):
    return known[subject_id]


def facts(subject_id, *, at):
    found = known[subject_id]
    return SubjectFacts(found.subject, found.scope_id, found.channel, marks[subject_id], codes[subject_id])


def changed(*, after, limit):
    fresh = sorted((mark, subject) for subject, mark in marks.items() if mark > after)[:limit]
    return Changes([subject for _mark, subject in fresh], fresh[-1][0] if fresh else after)


def overlooked(*, limit):
    told = set(Assessment.objects.values_list("subject_id", flat=True))
    return [subject for subject in known if subject not in told][:limit]


def address(subject_id):
    return f"/subjects/{subject_id}/"
