"""Pages of a list with cursors, as the Graph API gives them."""

import base64
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from devtools.graph_standin import errors
from devtools.graph_standin.call import MOST_ROWS, USUAL_ROWS, Call

Row = TypeVar("Row")


def cursor(row_id: str) -> str:
    return base64.urlsafe_b64encode(row_id.encode()).decode().rstrip("=") + "ZD"


def page_of(
    call: Call, path: str, rows: Sequence[Row], show: Callable[[Row], dict[str, Any]], params: dict[str, str]
) -> dict[str, Any]:
    """The rows that `params` (limit, after, before) ask for; `next` only when there is more."""
    ids = [getattr(row, "id", str(place)) for place, row in enumerate(rows)]
    limit = _limit(params)
    start, end = _window(ids, params, limit)
    shown = [show(row) for row in rows[start:end]]
    if not shown:
        return {"data": []}
    paging: dict[str, Any] = {"cursors": {"before": cursor(ids[start]), "after": cursor(ids[end - 1])}}
    if end < len(rows):
        paging["next"] = _address(call, path, params | {"limit": str(limit), "after": cursor(ids[end - 1])}, "before")
    if start > 0:
        paging["previous"] = _address(call, path, params | {"limit": str(limit), "before": cursor(ids[start])}, "after")
    return {"data": shown, "paging": paging}


def _limit(params: dict[str, str]) -> int:
    try:
        limit = int(params.get("limit") or USUAL_ROWS)
    except ValueError:
        raise errors.bad_parameter("Param limit must be an integer") from None
    if limit < 0:
        raise errors.bad_parameter("Param limit must be positive")
    return min(limit, MOST_ROWS)


def _window(ids: list[str], params: dict[str, str], limit: int) -> tuple[int, int]:
    """A cursor whose row is gone begins again at the start, where a real one answers with an error at times."""
    places = {cursor(row_id): place for place, row_id in enumerate(ids)}
    if after := params.get("after"):
        start = places.get(after, -1) + 1
        return start, min(start + limit, len(ids))
    if before := params.get("before"):
        end = places.get(before, 0)
        return max(0, end - limit), end
    return 0, min(limit, len(ids))


def _address(call: Call, path: str, params: dict[str, str], without: str) -> str:
    """Carries the access token, as Facebook's does; whoever stores it should take that out."""
    kept = {key: value for key, value in params.items() if key != without}
    if call.token:
        kept["access_token"] = call.token.value
    return f"{call.base_url}/{call.version}/{path}?{urlencode(kept)}"
