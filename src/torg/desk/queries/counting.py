"""Many small look-ups in one statement."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import IntegerField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class _Count(Subquery):
    """How many rows a query gives; stops where the query is cut."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    # What Django can see is empty is never asked for, and is no rows all the same.
    empty_result_set_value = 0


def counted(rows: QuerySet[Any], *, most: int = 1000) -> _Count:
    """How many rows, as a column of another query; counted no further than `most`."""
    return _Count(rows.order_by().values("pk")[:most])


def listed(rows: QuerySet[Any], **columns: Any) -> ArraySubquery:
    """The rows as a list of mappings, as a column of another query; meant for short lists."""
    return ArraySubquery(rows.values(_row=JSONObject(**columns)))
