"""Which enquiries another one may be a part of."""

from datetime import datetime

from django.db.models import QuerySet, Value

from torg.inbox.models import Enquiry
from torg.inbox.queries.rows import Row, loaded, rows_of
from torg.inbox.queries.searching import thread_ids
from torg.people.models import Person

AUTHORS_OWN = 6
RECENT = 10


def mergeable(person: Person, enquiry: Enquiry, *, words: str, at: datetime) -> tuple[Row, ...]:
    """Enquiries of the same page to merge this one into: those with the words, else what is likely.

    Likely are the same author's, and then under the same post and elsewhere on the page, each the newest first.
    """
    visible: QuerySet[Enquiry] = Enquiry.objects.visible_to(person, at=at)
    here = visible.filter(scope_id=enquiry.scope_id, merged_into=None).exclude(pk=enquiry.pk).order_by("-id")
    if words.strip():
        found = list(here.filter(thread__in=thread_ids(person, words, at=at)).values_list("pk", flat=True)[:RECENT])
        return rows_of(loaded(found), at)
    asked = [
        here.filter(thread__author=enquiry.thread.author_id, thread__author__isnull=False)[:AUTHORS_OWN],
        here.filter(thread__post=enquiry.thread.post_id, thread__post__isnull=False)[:RECENT],
        here[:RECENT],
    ]
    told = [rows.values_list(Value(place), "pk") for place, rows in enumerate(asked)]
    likely = sorted(told[0].union(*told[1:], all=True), key=lambda row: (row[0], -row[1]))
    return rows_of(loaded(list(dict.fromkeys(pk for _place, pk in likely))[:RECENT]), at)
