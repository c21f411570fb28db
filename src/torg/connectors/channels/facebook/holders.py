"""Who can act on a page: people by themselves (`roles`), and people and systems of a business (`assigned_users`)."""

from collections.abc import Iterator

from torg.connectors import contract
from torg.connectors.channels.facebook.graph import Graph
from torg.connectors.channels.facebook.values import Object, as_id, as_list, as_text
from torg.connectors.contract import Holder, HoldersTold

# Neither list holds what the other does: Facebook's page on Page Roles says so.
LISTS = {"roles": "id,name,tasks", "assigned_users": "id,name,user_type,tasks"}
MANAGE = "MANAGE"
SYSTEM = "SYSTEM_USER"


def holders(graph: Graph) -> HoldersTold:
    """Both lists as one; where Facebook refuses one of them, the other is a part. Raises when it refuses both."""
    found: dict[str, Holder] = {}
    refused: list[contract.ChannelError] = []
    for edge, fields in LISTS.items():
        try:
            found |= {holder.external_id: holder for holder in _listed(graph, edge, fields)}
        except (contract.Refused, contract.PermissionMissing) as error:
            refused.append(error)
    if len(refused) == len(LISTS):
        raise refused[-1]
    return HoldersTold(tuple(found.values()), is_whole=not refused)


def _listed(graph: Graph, edge: str, fields: str) -> Iterator[Holder]:
    for row in graph.everything(f"{graph.access.page_id}/{edge}", fields):
        external_id = as_id(row.get("id"))
        if external_id is not None:
            name = as_text(row.get("name")) or ""
            yield Holder(external_id, name, _may_manage(row), is_system=row.get("user_type") == SYSTEM)


def _may_manage(row: Object) -> bool | None:
    tasks = as_list(row.get("tasks"))
    return MANAGE in tasks if tasks else None
