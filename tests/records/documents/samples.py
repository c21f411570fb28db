"""Snapshots with invented people, places and texts."""

import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

from PIL import Image

from torg.records.types import Attached, Author, Captured, Snapshot, Subject, Version

AT = datetime(2026, 11, 22, 23, 30, 3, tzinfo=UTC)
EDITED_AT = AT + timedelta(hours=2)
DELIVERY = "ab" * 32
PICTURE_SUM = "cd" * 32


def version(text, number=1, at=AT):
    return Version(number=number, text=text, posted_at=at, received_at=at + timedelta(seconds=4))


def item(number, *texts, **changed):
    """A comment by Kari Nordmann, visible; each text is a version of it."""
    ordinary = {
        "id": f"item-{number}",
        "kind": "COMMENT",
        "author": Author("Kari Nordmann", f"900{number}"),
        "versions": tuple(version(text, place, AT + timedelta(hours=place)) for place, text in enumerate(texts, 1)),
        "posted_at": AT,
        "received_at": AT + timedelta(seconds=4),
        "state": "VISIBLE",
        "external_id": f"77_{number}",
        "permalink": f"https://social.example/77?comment={number}",
        "deliveries": (DELIVERY,),
    }
    return Captured(**(ordinary | changed))


def snapshot(*items, title="Når åpner svømmehallen?", **changed):
    ordinary = {
        "subject": Subject("dialogue.thread", UUID(int=1)),
        "scope_id": UUID(int=2),
        "title": title,
        "channel": "facebook",
        "place": "Eksempel kommune",
        "taken_at": AT,
        "items": items,
        "permalink": "https://social.example/77",
    }
    return Snapshot(**(ordinary | changed))


def picture(form="PNG", size=(60, 40), **saving):
    """A small picture in one of Pillow's formats."""
    kept = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(kept, form, **saving)
    return kept.getvalue()


def attached(**changed):
    ordinary = {
        "kind": "PHOTO",
        "title": "hall.png",
        "sha256": PICTURE_SUM,
        "media_type": "image/png",
        "alt_text": "Bassenget sett ovenfra",
        "state": "STORED",
    }
    return Attached(**(ordinary | changed))
