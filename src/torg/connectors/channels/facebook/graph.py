"""Calling the Graph API: our proof, the version, the allowance, and one answer or one of our errors."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from torg.connectors import contract
from torg.connectors.channels.facebook import errors, signature
from torg.connectors.channels.facebook.budget import Budget
from torg.connectors.channels.facebook.values import Object, as_id, as_list, as_object, as_text, is_object
from torg.connectors.services.fetch import Blocked, FetchProblem, read_within

BASE_URL = "https://graph.facebook.com"
VIDEO_URL = "https://graph-video.facebook.com"
VERSION = "v26.0"
_MAX_ANSWER_BYTES = 20_000_000
_MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Access:
    """The keys to one page. `scopes` are the permissions granted; None while they are not known."""

    page_id: str
    token: str = field(repr=False)
    app_id: str
    app_secret: str = field(repr=False)
    scopes: frozenset[str] | None = None
    base_url: str = BASE_URL
    version: str = VERSION

    @property
    def video_url(self) -> str:
        """Where films are put: Facebook has a host of its own for them."""
        return VIDEO_URL if self.base_url == BASE_URL else self.base_url

    @property
    def app_token(self) -> str:
        """The application's own key, for questions about the page's key."""
        return f"{self.app_id}|{self.app_secret}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing; `after` leads to the next, None at the end (a page may be short or empty before it)."""

    objects: tuple[Object, ...]
    after: str | None


class Graph:
    """The Graph API as one page may call it; raises only contract.ChannelError."""

    def __init__(
        self,
        access: Access,
        http: httpx.Client,
        *,
        now: Callable[[], datetime],
        budget: Budget | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.access = access
        self.now = now
        self._http = http
        self._budget = budget or Budget()
        self._wait = wait

    def get(self, path: str, *, token: str | None = None, **params: str) -> Object:
        """Read; waits when the allowance runs low, raises RateLimited when it is nearly gone."""
        self._spare()
        return self._call("GET", path, is_act=False, token=token, params=params)

    def listing(
        self,
        path: str,
        fields: str,
        *,
        after: str | None = None,
        limit: int = 100,
        params: Mapping[str, str] | None = None,
    ) -> Page:
        """Read one page of a listing."""
        more = {"after": after} if after else {}
        found = self.get(path, fields=fields, limit=str(limit), **(params or {}), **more)
        paging = as_object(found.get("paging"))
        cursor = as_text(as_object(paging.get("cursors")).get("after")) or _after_in(as_text(paging.get("next")))
        objects = tuple(filter(is_object, as_list(found.get("data"))))
        # A cursor stands on the last page too; only `next` says that there is more.
        return Page(objects, cursor if paging.get("next") and cursor != after else None)

    def everything(self, path: str, fields: str, *, params: Mapping[str, str] | None = None) -> Iterator[Object]:
        """Every object of a listing, page after page, up to a bound that no honest listing reaches."""
        after: str | None = None
        for _ in range(_MOST_PAGES):
            page = self.listing(path, fields, after=after, params=params)
            yield from page.objects
            after = page.after
            if after is None:
                return

    def post(self, path: str, body: Mapping[str, object]) -> Object:
        """Act; an answer that cannot be read is Ambiguous."""
        return self._call("POST", path, is_act=True, json=body)

    def delete(self, path: str, **params: str) -> Object:
        """Act by deleting."""
        return self._call("DELETE", path, is_act=True, params=params)

    def upload(self, path: str, picture: contract.Picture, body: Mapping[str, str]) -> str:
        """Put a picture there unpublished, and give its id; nothing shows yet, so a failure may be repeated."""
        files = {"source": (picture.file_name, picture.content, picture.media_type)}
        found = self._call("POST", path, is_act=False, data={**body, "published": "false"}, files=files)
        photo_id = as_id(found.get("id"))
        if photo_id is None:
            raise errors.unreadable(None, is_act=False, now=self.now())
        return photo_id

    def put(
        self, path: str, body: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]] | None = None
    ) -> Object:
        """Put a part of a film, or what belongs to it, where nobody sees it yet; a failure may be repeated."""
        return self._call("POST", path, is_act=False, base_url=self.access.video_url, data=body, files=files or {})

    def _spare(self) -> None:
        at = self.now()
        until = self._budget.stopped_until(at=at)
        if until is not None:
            raise contract.RateLimited("We keep the rest of Facebook's allowance for answers.", until=until)
        seconds = self._budget.pause(at=at)
        if seconds:
            self._wait(seconds)

    def _call(
        self,
        method: str,
        path: str,
        *,
        is_act: bool,
        token: str | None = None,
        params: Mapping[str, str] | None = None,
        base_url: str = "",
        **content: Any,
    ) -> Object:
        address = f"{(base_url or self.access.base_url).rstrip('/')}/{self.access.version}/{path}"
        request = self._request(method, address, token or self.access.token, params or {}, content)
        try:
            response = self._http.send(request, stream=True)
            try:
                body = read_within(response, max_bytes=_MAX_ANSWER_BYTES)
            finally:
                response.close()
        except (Blocked, httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            # Nothing was sent, so an act, too, may be repeated.
            raise contract.Temporary("Facebook cannot be reached.") from error
        except (httpx.HTTPError, FetchProblem) as error:
            raise errors.unreadable(None, is_act=is_act, now=self.now()) from error
        self._budget.note(response.headers, at=self.now())
        return self._understood(response.status_code, body, is_act=is_act)

    def _request(
        self, method: str, address: str, token: str, params: Mapping[str, str], content: Mapping[str, Any]
    ) -> httpx.Request:
        proof = signature.appsecret_proof(token, secret=self.access.app_secret)
        return self._http.build_request(
            method,
            address,
            params={**params, "appsecret_proof": proof},
            headers={"Authorization": f"Bearer {token}"},
            **content,
        )

    def _understood(self, status: int, body: bytes, *, is_act: bool) -> Object:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise errors.unreadable(status, is_act=is_act, now=self.now()) from error
        # Decided by the body, not by the status: Graph answers 200 with an error inside, too.
        problem = found.get("error") if is_object(found) else None
        if is_object(problem):
            until = self._budget.regained_at
            raise errors.to_error(status, problem, is_act=is_act, now=self.now(), until=until)
        if not is_object(found) or not 200 <= status < 300:
            raise errors.unreadable(status, is_act=is_act, now=self.now())
        return found


def _after_in(address: str | None) -> str | None:
    """The cursor out of a `next` address, which itself is not kept: it carries the key."""
    try:
        return httpx.URL(address).params.get("after") if address else None
    except httpx.InvalidURL:
        return None
