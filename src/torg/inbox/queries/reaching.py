"""The first few enquiries over all the pages that somebody reaches, as SQL that walks an index and stops."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from psycopg import sql

from torg.inbox.models import Enquiry
from torg.inbox.queries.filters import Filters, View

Statement = tuple[sql.Composable, list[Any]]

# These views have an index of their own person, unit or date, which does not begin with the page.
_OWN_ORDER = frozenset({View.MINE, View.UNIT, View.SNOOZED})


def first_ids(
    chosen: QuerySet[Enquiry], scopes: Sequence[UUID], order: Sequence[str], most: int, *, filters: Filters
) -> list[int]:
    """The first `most` ids in `order`."""
    statement = _statement(chosen, scopes, order, most, filters=filters)
    if statement is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return [row[0] for row in cursor.fetchall()]


def count_each(views: Sequence[tuple[View, QuerySet[Enquiry]]], scopes: Sequence[UUID], most: int) -> dict[str, int]:
    """How many each view holds, none counted beyond `most`, in one statement."""
    counted: list[sql.Composable] = []
    values: list[Any] = []
    for view, chosen in views:
        statement = _statement(chosen, scopes, ("id",), most, filters=Filters(view))
        if statement is None:
            counted.append(sql.SQL("0"))
            continue
        counted.append(sql.SQL("(SELECT count(*) FROM ({}) AS counted)").format(statement[0]))
        values += statement[1]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT ") + sql.SQL(", ").join(counted), values)
        return dict(zip((view.value for view, _ in views), cursor.fetchone() or (), strict=True))


def _statement(
    chosen: QuerySet[Enquiry], scopes: Sequence[UUID], order: Sequence[str], most: int, *, filters: Filters
) -> Statement | None:
    if not scopes:
        return None
    narrow = filters.text or filters.label or filters.assignee or filters.unit
    try:
        if narrow or filters.view in _OWN_ORDER:
            return _at_once(chosen, scopes, order, most)
        return _page_by_page(chosen, scopes, order, most)
    except EmptyResultSet:
        return None


def _at_once(chosen: QuerySet[Enquiry], scopes: Sequence[UUID], order: Sequence[str], most: int) -> Statement:
    """For what is few, or has an index in the wished order whatever the page."""
    here = chosen.filter(scope_id__in=scopes)
    statement, values = here.order_by(*order).values_list("id")[:most].query.sql_with_params()
    return sql.SQL(statement), list(values)


def _page_by_page(chosen: QuerySet[Enquiry], scopes: Sequence[UUID], order: Sequence[str], most: int) -> Statement:
    """Each page's own few from its index, then the first among those.

    One statement over many pages cannot walk an index in order; this touches `most` rows of each at the worst.
    """
    columns = list(dict.fromkeys([name.lstrip("-") for name in order] + ["id"]))
    here = chosen.filter(scope_id=RawSQL("reach.scope_id", [])).order_by(*order).values_list(*columns)[:most]
    each, values = here.query.sql_with_params()

    def place(name: str) -> sql.Composable:
        return sql.Identifier(f"c{columns.index(name.lstrip('-'))}")

    directions = [sql.SQL(" DESC" if name.startswith("-") else " ASC") for name in order]
    statement = sql.SQL(
        "SELECT {id} FROM unnest(%s::uuid[]) AS reach(scope_id) "
        "CROSS JOIN LATERAL ({each}) AS found({names}) ORDER BY {ordered} LIMIT %s"
    ).format(
        id=place("id"),
        each=sql.SQL(each),
        names=sql.SQL(", ").join(place(name) for name in columns),
        ordered=sql.SQL(", ").join(place(name) + how for name, how in zip(order, directions, strict=True)),
    )
    return statement, [list(scopes), *values, most]
