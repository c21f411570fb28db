"""What a node type is: its fields, each with a reader, and its edges."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from devtools.graph_standin import errors, fieldspec
from devtools.graph_standin.call import Call
from devtools.graph_standin.fieldspec import Wanted

ABSENT = object()

Reader = Callable[[Call, Any], Any]
EdgeReader = Callable[[Call, Any, Mapping[str, str], Sequence[Wanted]], dict[str, Any]]


@dataclass(frozen=True)
class Shape:
    """A node type: its name, what it shows unasked, its fields, and its edges that can be asked for as fields."""

    name: str
    usual: tuple[str, ...]
    fields: Mapping[str, Reader]
    edges: Mapping[str, EdgeReader]

    def show(self, call: Call, node: Any, wanted: Sequence[Wanted]) -> dict[str, Any]:
        """The fields asked for; the id always; what has no value is left out, as Facebook does."""
        shown: dict[str, Any] = {}
        for one in wanted:
            if one.name in self.edges:
                shown[one.shown_as] = self.edges[one.name](call, node, one.modifiers, one.below)
            elif one.name in self.fields:
                value = self.fields[one.name](call, node)
                if value is not ABSENT and value is not None:
                    shown[one.shown_as] = value
            else:
                raise errors.unknown_field(one.name, self.name)
        return shown | {"id": node.id}


def addressable(options: Mapping[str, str], below: Sequence[Wanted]) -> dict[str, str]:
    """What the address of an edge's next page must carry so that it shows the same."""
    params = {key: value for key, value in options.items() if key not in ("as", "access_token")}
    return params | ({"fields": fieldspec.written(below)} if below else {})
