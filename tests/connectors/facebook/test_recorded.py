"""Deliveries recorded from the real platform, where they lie beside the project."""

from pathlib import Path

import pytest

from torg.connectors.channels.facebook.intake import FacebookIntake
from torg.connectors.contract import Kind

_FOLDER = Path(__file__).resolve().parents[4] / "shared" / "payloads"
_FILES = sorted(
    [
        *_FOLDER.glob("facebook/webhook-*.json"),
        *_FOLDER.glob("messenger/*.json"),
        *_FOLDER.glob("recorded/facebook/restfb/webhooks/*.json"),
    ]
)
pytestmark = pytest.mark.skipif(not _FILES, reason="no recorded payloads beside the project")

# What a file's name says that it holds.
_KINDS = {
    "feed-comment-": {Kind.COMMENT},
    "reply-to-comment": {Kind.REPLY},
    "reaction-": {Kind.REACTION},
    "feed-like-": {Kind.REACTION},
    "feed-status-": {Kind.POST},
    "feed-photo-": {Kind.POST},
    "feed-video-": {Kind.POST},
    "feed-share-": {Kind.POST},
    "mention-": {Kind.MENTION},
    "messaging-message-": {Kind.MESSAGE},
    "thread-control": {Kind.STATE_CHANGE},
    "two-entries": {Kind.UNKNOWN},
}


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_a_recorded_delivery_is_what_its_name_says(path):
    events = list(FacebookIntake().parse(path.read_bytes()))

    kinds = {event.kind for event in events}
    for name, expected in _KINDS.items():
        if name in path.stem:
            assert kinds == expected


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_what_a_recorded_delivery_names_is_found_again(path):
    body = path.read_text()
    for event in FacebookIntake().parse(path.read_bytes()):
        ids = (event.external_id, event.parent_id, event.post_id, event.author_id)
        assert [own_id for own_id in ids if own_id is not None and own_id not in body] == []
        assert event.verb not in ("edited", "")
