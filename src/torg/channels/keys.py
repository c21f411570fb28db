"""The secrets that deliveries are signed with, kept in memory and read anew now and then."""

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field

import psycopg
import structlog

from torg.channels import credentials

SECONDS_OF_TRUST = 30.0
# A wrong signature may mean a new secret; a flood of wrong ones must not become a flood of queries.
SECONDS_BETWEEN_LOOKS = 2.0
# Those of a closed channel too, as long as we have them: what is delivered until the subscription has ended is kept.
CONNECTIONS = "SELECT secrets FROM channels_connection WHERE platform = %s AND octet_length(secrets) > 0"

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Keys:
    """App secrets and verify tokens of one platform; the last known ones hold while PostgreSQL is away."""

    platform: str
    connect: Callable[[], Awaitable[psycopg.AsyncConnection]]
    app_secrets: frozenset[bytes] = field(default=frozenset(), repr=False)
    verify_tokens: frozenset[bytes] = field(default=frozenset(), repr=False)
    _read_at: float = field(default=-1e9, repr=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    async def fits(self, body: bytes, signature: bytes) -> bool:
        """Whether `signature` (`sha256=<hex>`) was made over these very bytes with one of our secrets."""
        if time.monotonic() - self._read_at >= SECONDS_OF_TRUST:
            await self._refresh(SECONDS_OF_TRUST)
        if self._matches(body, signature):
            return True
        await self._refresh(SECONDS_BETWEEN_LOOKS)
        return self._matches(body, signature)

    async def knows(self, verify_token: bytes) -> bool:
        """Whether this is the verify token of one of our connections."""
        await self._refresh(SECONDS_BETWEEN_LOOKS)
        return sum(hmac.compare_digest(verify_token, known) for known in self.verify_tokens) > 0

    @property
    def is_loaded(self) -> bool:
        """Whether there is anything to check against yet."""
        return bool(self.app_secrets)

    def _matches(self, body: bytes, signature: bytes) -> bool:
        if not signature.startswith(b"sha256="):
            return False
        given = signature[7:].lower()
        found = False
        # All are compared, each in constant time.
        for secret in self.app_secrets:
            found |= hmac.compare_digest(hmac.digest(secret, body, "sha256").hex().encode(), given)
        return found

    async def _refresh(self, older_than: float) -> None:
        if time.monotonic() - self._read_at < older_than:
            return
        async with self._lock:
            if time.monotonic() - self._read_at < older_than:
                return
            try:
                await self._read()
            except psycopg.Error:
                log.warning("channels.keys_not_read", platform=self.platform)
            self._read_at = time.monotonic()

    async def _read(self) -> None:
        database = await self.connect()
        async with database.cursor() as cursor:
            await cursor.execute(CONNECTIONS, [self.platform])
            found = list(self._readable(sealed for (sealed,) in await cursor.fetchall()))
        self.app_secrets = frozenset(one.app_secret.encode() for one in found if one.app_secret)
        self.verify_tokens = frozenset(one.verify_token.encode() for one in found if one.verify_token)

    def _readable(self, rows: Iterable[bytes]) -> Iterator[credentials.Credentials]:
        """One connection whose key is lost must not shut the door on all the others."""
        for sealed in rows:
            try:
                yield credentials.unseal(sealed)
            except credentials.Unreadable:
                log.error("channels.secrets_unreadable", platform=self.platform)
