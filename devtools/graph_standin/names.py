"""Identifiers in the forms that Facebook gives them; never the same twice within one state."""

import base64
import hashlib

from devtools.graph_standin.records import State

POST_BASE = 122_100_000_000_000_000  # above 2^53, as today's ids are
COMMENT_BASE = 759_000_000_000_000
PERSON_BASE = 24_266_381_000_000_000
PHOTO_BASE = 122_200_000_000_000_000
STEP = 4_373


def next_number(state: State) -> int:
    state.counter += 1
    return state.counter


def post_id(state: State) -> str:
    return f"{state.page.id}_{POST_BASE + next_number(state) * STEP}"


def comment_id(state: State, post: str) -> str:
    return f"{post.split('_')[1]}_{COMMENT_BASE + next_number(state) * STEP}"


def person_id(state: State) -> str:
    return str(PERSON_BASE + next_number(state) * STEP)


def photo_id(state: State) -> str:
    return str(PHOTO_BASE + next_number(state) * STEP)


def thread_id(state: State) -> str:
    return f"t_{POST_BASE + next_number(state) * STEP}"


def message_id(state: State) -> str:
    digest = hashlib.sha512(f"message {next_number(state)}".encode()).digest()
    return "m_" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def trace_id(number: int) -> str:
    return "A" + base64.urlsafe_b64encode(hashlib.sha256(str(number).encode()).digest()).decode()[:22]


def pfbid(node_id: str) -> str:
    return "pfbid0" + hashlib.sha256(node_id.encode()).hexdigest()[:48]
