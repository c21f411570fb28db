"""The exact bytes that are hashed for an event, and commitments to what is kept sealed."""

import hashlib
import json
from collections.abc import Mapping

# The same text as the trigger in the first migration; only this one is used to verify.
CANONICAL = (
    "pg_catalog.format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s', "
    "e.id, e.number, (extract(epoch FROM e.at) * 1000000)::bigint, e.name, e.actor_kind, e.actor_ref, "
    "e.scope_id, e.target_kind, e.target_id, e.parent, e.facts)"
)

LEAF = b"\x00"
COMMITMENT = b"\x02"


def leaf(canonical: str) -> bytes:
    """The leaf hash of an event's canonical text (RFC 6962, section 2.1)."""
    return hashlib.sha256(LEAF + canonical.encode()).digest()


def commitment(salt: bytes, details: str) -> str:
    """A commitment that says nothing about `details` to whom the salt is unknown."""
    return hashlib.sha256(COMMITMENT + salt + details.encode()).hexdigest()


def details_of(row: Mapping[str, object]) -> str:
    """What a sealed event keeps aside, as the text that is committed to."""
    kept = {name: value for name, value in row.items() if name not in {"id", "at"}}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), default=str)
