"""The Graph stand-in has no field, edge, parameter or webhook field that Facebook's own SDK does not know."""

import functools
import inspect
import re
from pathlib import Path

import pytest
from devtools.graph_standin import account, messenger, shapes, thread_shapes
from devtools.graph_standin.graph import PARTS
from devtools.graph_standin.operations import OPERATIONS
from devtools.graph_standin.records import SCOPES
from facebook_business.adobjects.advideo import AdVideo
from facebook_business.adobjects.application import Application
from facebook_business.adobjects.assigneduser import AssignedUser
from facebook_business.adobjects.comment import Comment
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.pagepost import PagePost
from facebook_business.adobjects.pagethreadowner import PageThreadOwner
from facebook_business.adobjects.photo import Photo
from facebook_business.adobjects.unifiedthread import UnifiedThread
from facebook_business.adobjects.user import User

CLASSES = {
    "Page": Page,
    "PagePost": PagePost,
    "Comment": Comment,
    "Photo": Photo,
    "Video": AdVideo,
    "UnifiedThread": UnifiedThread,
    "User": User,
    "Application": Application,
    "Me": User,
}
SHAPES = [shapes.PAGE, shapes.POST, shapes.COMMENT, shapes.PHOTO, shapes.VIDEO, thread_shapes.THREAD, shapes.PROFILE]
# Answered by the real API and documented, but left out of the generated classes.
NOT_IN_SDK = {"TokenInfo": "debug_token is no edge", "UnifiedMessage": "messages have no class"}
METHOD = re.compile(r"method='(\w+)',\s+endpoint='/?([\w]*)'")
PARAM = re.compile(r"^\s+'([\w.]+)': '", re.MULTILINE)


def known(sdk_class: type, group: str) -> set[str]:
    return {value for name, value in vars(getattr(sdk_class, group)).items() if not name.startswith("_")}


@functools.cache
def calls_of(sdk_class: type) -> dict[tuple[str, str], set[str]]:
    """Each method and edge that the SDK can call on this class, with its parameters."""
    calls = {}
    source = Path(inspect.getsourcefile(sdk_class)).read_text()
    for function in source.split("\n    def "):
        if found := METHOD.search(function):
            types = function.partition("param_types = {")[2].partition("}")[0]
            calls[found.group(1), found.group(2)] = set(PARAM.findall(types))
    return calls


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_field_is_one_that_facebook_has(shape):
    assert set(shape.fields) <= known(CLASSES[shape.name], "Field")


def test_a_comment_shows_every_field_that_facebook_has():
    assert set(shapes.COMMENT.fields) == known(Comment, "Field")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_edge_below_a_field_is_one_that_facebook_has(shape):
    assert {("GET", edge) for edge in shape.edges} <= set(calls_of(CLASSES[shape.name]))


@pytest.mark.parametrize(
    ("shape", "sdk_class"), [(shapes.ACCOUNT, Page), (shapes.ROLE, User), (shapes.ASSIGNED, AssignedUser)]
)
def test_lists_of_access_add_only_the_documented_tasks(shape, sdk_class):
    assert set(shape.fields) - known(sdk_class, "Field") == {"tasks"}


@pytest.mark.parametrize("operation", [key for key in OPERATIONS if key[0] not in NOT_IN_SDK], ids="/".join)
def test_every_call_and_parameter_is_one_that_facebook_has(operation):
    kind, method, edge = operation
    calls = calls_of(CLASSES[kind])

    assert (method, edge) in calls
    assert set(OPERATIONS[operation].params) <= calls[method, edge]


def test_what_the_sdk_lacks_is_a_short_named_list():
    assert {kind for kind, _, _ in OPERATIONS if kind not in CLASSES} == set(NOT_IN_SDK)


def test_every_subscribed_field_is_one_that_facebook_has():
    assert set(account.SUBSCRIBABLE) <= known(Page, "SubscribedFields")


def test_each_part_of_the_api_is_looked_at():
    parts = {operation.handler.__module__ for operation in OPERATIONS.values()}

    assert parts == {part.__name__ for part in PARTS}


def test_message_types_are_those_that_facebook_has():
    assert set(messenger.TYPES) == known(Page, "MessagingType")


def test_orders_and_filters_are_those_that_facebook_has():
    assert known(Comment, "Order") == {"chronological", "reverse_chronological"}
    assert known(Comment, "Filter") == {"stream", "toplevel"}


def test_the_thread_owner_is_told_as_facebook_does():
    assert known(PageThreadOwner, "Field") == {"thread_owner"}


def test_every_permission_needed_is_one_that_a_token_can_have():
    assert {operation.scope for operation in OPERATIONS.values() if operation.scope} <= set(SCOPES)
