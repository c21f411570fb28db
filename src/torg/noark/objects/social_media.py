"""What a record from social media has that Noark has no field for."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class SocialMedia:
    """Our own metadata on a registration (virksomhetsspesifikkeMetadata, M711), in the namespace of sosialemedier.xsd.

    `platform` such as "facebook" · `account` our page or profile there · `post_id` and `parent_id` the platform's own
    ids · `permalink` · `author_handle` · `captured_at` when we fetched it · `api_version` · `raw_sha256` of the bytes
    as they came, in hex · `time_stamp` id of the RFC 3161 token that covers it · `edited_at`, `deleted_at` by the
    author or the platform · `moderation_rule` the published rule that a decision rests on.
    """

    platform: str
    account: str
    post_id: str
    captured_at: datetime
    raw_sha256: str
    permalink: str = ""
    author_handle: str = ""
    parent_id: str = ""
    api_version: str = ""
    time_stamp: str = ""
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    moderation_rule: str = ""
