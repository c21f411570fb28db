"""The list of all that can be called: node type, method and edge, the permission it needs, its parameters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from devtools.graph_standin.call import Call

Handler = Callable[[Call, Any], Any]


@dataclass(frozen=True)
class Operation:
    handler: Handler
    scope: str | None
    params: tuple[str, ...]


OPERATIONS: dict[tuple[str, str, str], Operation] = {}


def serves(
    kind: str, method: str, edge: str = "", *, scope: str | None = None, params: tuple[str, ...] = ()
) -> Callable[[Handler], Handler]:
    """Registers a handler for `method` on `/{kind}/{edge}`; `params` are those that it heeds."""

    def register(handler: Handler) -> Handler:
        OPERATIONS[kind, method, edge] = Operation(handler, scope, params)
        return handler

    return register
