"""Searching in what people have written, through masks; in full only for those with the right, and logged."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from torg.dialogue.models import Item, ItemVersion
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

# The newest threads that hold the words; who wants older ones narrows the search.
MOST = 500
MOST_VERSIONS = 3000


def thread_ids(person: Person, text: str, *, at: datetime, in_sensitive: bool = False) -> Sequence[int]:
    """The newest threads in which all of the words occur, in any wording an item has had.

    Args:
        person: whose reach counts; with `in_sensitive` only the pages where they may open sensitive text.
        text: words, "phrases", -not and or.
        at: now.
        in_sensitive: search behind the masks too.
    """
    right = Permission.OPEN_SENSITIVE if in_sensitive else Permission.READ
    scopes = people.scope_ids_for(person, right, at=at)
    query = SearchQuery(text, search_type="websearch", config="norwegian")
    holds = Q(search=query) | Q(search_full=query) if in_sensitive else Q(search=query)
    versions = ItemVersion.objects.filter(holds, scope_id__in=scopes).order_by("-received_at", "-id")
    items = list(versions.values_list("item_id", flat=True)[:MOST_VERSIONS])
    found = Item.objects.filter(pk__in=items).order_by("-posted_at").values_list("thread_id", flat=True)
    return list(dict.fromkeys(found))[:MOST]
