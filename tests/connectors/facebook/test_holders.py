"""Who can act on a page, in two lists that Facebook keeps apart; one that it refuses is a part that we do not know."""

import json

import httpx
import pytest

from tests.connectors.facebook.graph import connector, error
from torg.connectors.contract import Holder, HoldersTold, PermissionMissing, TellsWhoHasAccess

ALONE = {"id": "7", "name": "Kari \ud83d", "tasks": ["MANAGE", "MODERATE"]}
SYSTEM = {"id": 8, "name": "Torg", "user_type": "SYSTEM_USER", "tasks": ["ANALYZE"]}
UNTOLD = {"id": "9", "name": None, "user_type": "BUSINESS_USER"}


def answering(**lists):
    def answer(request: httpx.Request) -> httpx.Response:
        rows = lists.get(request.url.path.rpartition("/")[2])
        return error(200) if rows is None else httpx.Response(200, text=json.dumps({"data": rows}))

    return connector(answer)


def test_both_lists_are_one_and_what_is_not_told_is_not_guessed():
    channel = answering(roles=[ALONE, "?", {"name": "no id"}], assigned_users=[SYSTEM, UNTOLD])

    told = channel.holders()

    assert isinstance(channel, TellsWhoHasAccess)
    assert told.is_whole
    assert told.holders == (
        Holder("7", "Kari \ufffd", may_manage=True),
        Holder("8", "Torg", may_manage=False, is_system=True),
        Holder("9", "", may_manage=None),
    )


def test_a_list_that_is_refused_leaves_a_part_and_two_leave_nothing():
    assert answering(roles=[ALONE]).holders() == HoldersTold((Holder("7", "Kari \ufffd", True),), is_whole=False)
    with pytest.raises(PermissionMissing):
        answering().holders()
