"""Who a bare ASGI request belongs to, read from Django's session off the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import Any, TypeVar
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.auth import get_user
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from torg.config.live import Scope
from torg.core import clock
from torg.people import access
from torg.people import queries as people
from torg.people.types import Permission

log = structlog.get_logger(__name__)

THREADS = 2
Answer = TypeVar("Answer")


class Visitors:
    """Reads sessions and roles with a few threads of its own, each with one database connection."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="visitors")

    async def reach(self, scope: Scope) -> frozenset[UUID] | None:
        """The scopes that this request's person may read now; None when nobody is signed in, or nobody can tell."""
        key = session_key(scope)
        if key is None:
            return None
        try:
            return await self._in_thread(lambda: reach_of_session(key))
        except DatabaseError as error:
            log.warning("visitors.database.away", error=type(error).__name__)
            return None

    async def has_database(self) -> bool:
        """Whether the database answers."""
        try:
            await self._in_thread(ask_database)
        except DatabaseError:
            return False
        return True

    async def _in_thread(self, ask: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, with_connection, ask)


def with_connection(ask: Callable[[], Answer]) -> Answer:
    """Ask with a connection that works: one that broke or grew old is replaced first."""
    close_old_connections()
    try:
        return ask()
    finally:
        close_old_connections()


def ask_database() -> None:
    """Raises a database error when there is no answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def session_key(scope: Scope) -> str | None:
    """The session key in the request's cookies."""
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        cookie: Any = SimpleCookie(sent.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    return cookie.value if cookie else None


def reach_of_session(key: str) -> frozenset[UUID] | None:
    """The scopes that the person of a session may read now."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    # The same check as in a page: the session's hash must match, so a changed password ends the stream too.
    login: Any = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    if not login.is_authenticated:
        return None
    if settings.REQUIRE_SECOND_FACTOR and not access.is_safe_enough(login, session, at=clock.now()):
        return None
    return frozenset(people.scope_ids_for(login.person, Permission.READ, at=clock.now()))
