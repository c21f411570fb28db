"""Facebook's own generated library knows every field and edge that we use."""

import inspect

import pytest

from torg.connectors.channels.facebook import counting, films, holders, objects
from torg.connectors.channels.facebook.access import FIELDS

video = pytest.importorskip("facebook_business.adobjects.advideo").AdVideo
comment = pytest.importorskip("facebook_business.adobjects.comment").Comment
page = pytest.importorskip("facebook_business.adobjects.page").Page
post = pytest.importorskip("facebook_business.adobjects.pagepost").PagePost
assigned = pytest.importorskip("facebook_business.adobjects.assigneduser").AssignedUser
user = pytest.importorskip("facebook_business.adobjects.user").User
thread = pytest.importorskip("facebook_business.adobjects.unifiedthread").UnifiedThread


def _fields(sdk_class) -> set[str]:
    fields = {value for name, value in vars(sdk_class.Field).items() if not name.startswith("_")}
    # An edge may be asked for as a field, too.
    edges = {name.removeprefix("get_") for name in dir(sdk_class) if name.startswith("get_")}
    return fields | edges


@pytest.mark.parametrize(
    ("sdk_class", "asked"),
    [
        (post, objects.POST_FIELDS),
        (comment, objects.COMMENT_FIELDS),
        (comment, "id,private_reply_conversation,permalink_url"),
        (thread, "id,updated_time"),
        (page, counting.PAGE_FIELDS),
        # The tasks are documented beside the edges, and left out of the generated classes.
        (user, holders.LISTS["roles"].replace(",tasks", "")),
        (assigned, holders.LISTS["assigned_users"].replace(",tasks", "")),
        (video, films.FIELDS),
    ],
)
def test_every_field_exists(sdk_class, asked):
    assert set(asked.split(",")) - _fields(sdk_class) == set()


@pytest.mark.parametrize(
    ("sdk_class", "methods"),
    [
        (page, "get_feed get_published_posts get_conversations get_subscribed_apps get_blocked"),
        (page, "create_feed create_photo create_message create_blocked delete_blocked"),
        (page, "create_subscribed_app delete_subscribed_apps get_insights get_roles get_assigned_users"),
        (post, "get_comments api_update api_delete"),
        (comment, "get_comments create_comment api_get api_update api_delete"),
        (thread, "get_messages"),
        (page, "create_video"),
        (video, "get_captions create_cap_t_i_on create_thumbnail api_get api_update api_delete"),
    ],
)
def test_every_edge_exists(sdk_class, methods):
    assert [method for method in methods.split() if not hasattr(sdk_class, method)] == []


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        (page.create_feed, "message link attached_media"),
        (page.create_photo, "alt_text_custom published"),
        (page.create_message, "recipient message messaging_type tag"),
        (page.create_blocked, "psid"),
        (page.delete_blocked, "psid"),
        (page.create_subscribed_app, "subscribed_fields"),
        (page.get_feed, "include_hidden limit"),
        (page.get_conversations, "platform user_id"),
        (page.create_video, "upload_phase file_size upload_session_id start_offset video_file_chunk"),
        (page.create_video, "title description published"),
        (video.api_update, "description published"),
        (video.create_cap_t_i_on, "captions_file default_locale"),
        (video.create_thumbnail, "source is_preferred"),
        (comment.create_comment, "message attachment_id"),
        (comment.api_update, "is_hidden message"),
        (comment.get_comments, "filter order"),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_every_parameter_exists(method, parameters):
    source = inspect.getsource(method)

    assert [name for name in parameters.split() if f"'{name}'" not in source] == []


def test_every_webhook_field_exists():
    known = {value for name, value in vars(page.SubscribedFields).items() if not name.startswith("_")}

    assert known >= FIELDS
