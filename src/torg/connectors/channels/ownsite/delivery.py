"""Deliveries from our own site: what they hold, and how they are signed."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from torg.connectors.board import Standing, Story
from torg.connectors.contract import Unreadable, Unsigned

HEADER = "x-torg-signature-256"
_PREFIX = "sha256="
_VERSION = 1


def of_comment(site: str, verb: str, comment: Standing) -> bytes:
    """The delivery that tells of a comment: `verb` is add, edit, hide, unhide or remove."""
    told = {
        "id": comment.external_id,
        "article": comment.article_id,
        "parent": comment.parent_id,
        "writer": comment.writer_id,
        "name": comment.name,
        "text": comment.text,
        "own": comment.is_own,
        "state": str(comment.state),
        "written_at": comment.written_at.astimezone(UTC).isoformat(),
        "changed_at": comment.changed_at.astimezone(UTC).isoformat(),
        "permalink": comment.permalink,
    }
    return _body(site, verb, {"comment": told})


def of_story(site: str, verb: str, story: Story) -> bytes:
    """The delivery that tells of an article: `verb` is add or edit."""
    told = {
        "id": story.article_id,
        "title": story.title,
        "lead": story.lead,
        "permalink": story.permalink,
        "at": story.at.astimezone(UTC).isoformat(),
    }
    return _body(site, verb, {"article": told})


def sign(body: bytes, *, secret: str) -> dict[str, str]:
    """The header that shows that the delivery is ours."""
    return {HEADER: _PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


def verify(body: bytes, headers: Mapping[str, str], *, secret: str) -> None:
    """Check the signature over the raw bytes, in constant time; raises Unsigned."""
    given = next((value for name, value in headers.items() if name.lower() == HEADER), "")
    if not secret or not hmac.compare_digest(given.encode(), sign(body, secret=secret)[HEADER].encode()):
        raise Unsigned("the delivery is not signed by our own site")


def read(body: bytes) -> dict[str, object]:
    """The delivery as an object; raises Unreadable."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("this is not JSON") from error
    if not isinstance(found, dict) or found.get("version") != _VERSION:
        raise Unreadable("this is no delivery of our own site")
    return found


def moment(told: object) -> datetime | None:
    """A time as a delivery writes it."""
    try:
        return datetime.fromisoformat(str(told))
    except ValueError:
        return None


def _body(site: str, verb: str, told: Mapping[str, object]) -> bytes:
    return json.dumps({"version": _VERSION, "site": site, "verb": verb, **told}, ensure_ascii=False).encode()
