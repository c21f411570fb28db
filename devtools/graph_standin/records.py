"""What the stand-in remembers, as plain records that can be written to one JSON file."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

OUR_APP_ID = "520000000000001"
OUTSIDE_APP_ID = "263902037430900"  # Facebook's own inbox for pages, as its documentation names it
PAGE_ID = "100500000000001"
ADMIN_ID = "100700000000001"
PAGE_TOKEN = "EAAStandinPageToken"
USER_TOKEN = "EAAStandinUserToken"

SCOPES = [
    "pages_show_list",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_metadata",
    "pages_manage_posts",
    "pages_manage_engagement",
    "pages_messaging",
    "read_insights",
    "business_management",
]


@dataclass
class Page:
    id: str = PAGE_ID
    name: str = "Eksempelvik kommune"
    username: str = "eksempelvik"
    category: str = "Government organization"
    about: str = "En oppdiktet kommune. Ingenting her er ekte."
    website: str = "https://eksempelvik.example"


@dataclass
class Token:
    value: str
    kind: str  # PAGE or USER
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    is_valid: bool = True
    expires: float = 0


@dataclass
class Person:
    id: str
    name: str
    app_scoped_id: str
    is_blocked: bool = False
    is_unavailable: bool = False


@dataclass
class Holder:
    """Somebody with access to the page: by themselves, or (`is_of_business`) through the municipality's portfolio."""

    id: str
    name: str
    tasks: list[str] = field(default_factory=lambda: ["MANAGE", "CREATE_CONTENT", "MODERATE", "MESSAGING", "ANALYZE"])
    is_of_business: bool = True
    user_type: str = "BUSINESS_USER"


@dataclass
class Photo:
    id: str
    name: str
    source: str
    created: float
    is_published: bool
    alt_text_custom: str | None = None
    post_id: str | None = None


@dataclass
class Video:
    """A film; `size` bytes are awaited, `received` have come, and it is worked on until `ready_at`."""

    id: str
    created: float
    size: int
    received: int = 0
    title: str = ""
    description: str = ""
    is_whole: bool = False
    is_published: bool = False
    is_deleted: bool = False
    ready_at: float = 0
    captions: dict[str, int] = field(default_factory=dict)
    default_locale: str = ""
    has_own_thumbnail: bool = False
    post_id: str | None = None


@dataclass
class Post:
    id: str
    author_id: str
    message: str
    created: float
    updated: float
    link: str | None = None
    photo_ids: list[str] = field(default_factory=list)
    video_id: str | None = None
    is_hidden: bool = False
    is_published: bool = True
    is_deleted: bool = False
    scheduled_for: float | None = None
    app_id: str | None = None


@dataclass
class Comment:
    id: str
    post_id: str
    author_id: str
    message: str
    created: float
    parent_id: str | None = None
    attachment_url: str | None = None
    is_hidden: bool = False
    is_deleted: bool = False
    earlier: list[str] = field(default_factory=list)
    private_reply_thread: str | None = None
    app_id: str | None = None


@dataclass
class Reaction:
    target_id: str
    person_id: str
    kind: str


@dataclass
class Thread:
    id: str
    person_id: str
    updated: float
    last_inbound: float | None = None
    owner_app_id: str | None = None
    read_until: float = 0


@dataclass
class Message:
    id: str
    thread_id: str
    is_from_page: bool
    text: str
    created: float
    attachments: list[dict[str, Any]] = field(default_factory=list)
    is_deleted: bool = False
    edits: int = 0
    app_id: str | None = None
    reply_to: str | None = None
    reaction: str | None = None
    tag: str | None = None


@dataclass
class Event:
    """Something that happened, waiting to be told; `channel` is changes, messaging or standby."""

    field: str
    channel: str
    time: float
    value: dict[str, Any]


@dataclass
class Delivery:
    """One signed POST to the subscriber."""

    id: int
    body: str
    fields: list[str]
    made: float
    next_at: float
    attempts: int = 0
    status: str = "WAITING"  # WAITING, DELIVERED, DROPPED
    answer: str = ""
    is_badly_signed: bool = False


@dataclass
class Fault:
    """A documented trouble, given to requests or deliveries that match; `times` None is for ever."""

    id: int
    match: dict[str, str]
    effect: dict[str, Any]
    times: int | None = 1


@dataclass
class State:
    page: Page = field(default_factory=Page)
    counter: int = 1000
    tokens: list[Token] = field(default_factory=lambda: [Token(PAGE_TOKEN, "PAGE"), Token(USER_TOKEN, "USER")])
    people: list[Person] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    videos: list[Video] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    subscribed_fields: list[str] = field(default_factory=list)
    trickled: int = 0

    def save(self, path: Path) -> None:
        unfinished = path.with_suffix(".new")
        unfinished.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1))
        unfinished.replace(path)

    @classmethod
    def load(cls, path: Path) -> "State":
        """Raises ValueError or TypeError when the file is not one that `save` wrote."""
        raw = json.loads(path.read_text())
        kinds = {
            "tokens": Token,
            "people": Person,
            "holders": Holder,
            "photos": Photo,
            "videos": Video,
            "posts": Post,
            "comments": Comment,
            "reactions": Reaction,
            "threads": Thread,
            "messages": Message,
            "deliveries": Delivery,
        }
        known = {name: raw[name] for name in (entry.name for entry in fields(cls)) if name in raw}
        known["page"] = Page(**raw["page"])
        for name, kind in kinds.items():
            known[name] = [kind(**row) for row in raw.get(name, [])]
        return cls(**known)
