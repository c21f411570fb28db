"""The core on an address of its own, in a thread: `with NoarkStandin() as standin: …`."""

import base64
import json
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urlsplit

from devtools.noark_standin import odata
from devtools.noark_standin.core import CHILDREN, CODES, PACKAGES, Core, Refusal, Thing
from torg.core import ids

API = "https://rel.arkivverket.no/noark5/v5/api/"
JSON = "application/vnd.noark5+json"
USER, PASSWORD = "torg@example.org", "hemmelig"
FILTERS = "{?$filter&$orderby&$top&$skip}"
EFFECTS = {
    "status": "nothing is done; the status given",
    "status_after": "it is done; the status given all the same",
    "drop": "nothing is done, and the connection is cut",
    "drop_after": "it is done, and the connection is cut",
    "half": "half of the body is read, and the connection is cut",
    "silent": "nothing is done, and nothing is answered",
}


@dataclass
class Fault:
    """What goes wrong with the next matching request, after `skip` others."""

    effect: str
    method: str = ""
    path: str = ""
    skip: int = 0
    status: int = 500

    def fits(self, method: str, path: str) -> bool:
        is_same = method in self.method.split("|") if self.method else True
        return is_same and re.search(self.path, path) is not None


@dataclass
class World:
    """The core with what surrounds it: who is logged in, uploads under way, faults, and a diary."""

    core: Core = field(default_factory=Core)
    mechanisms: tuple[str, ...] = ("rfc6749",)
    tokens: set[str] = field(default_factory=set)
    uploads: dict[str, tuple[Thing, str, int, bytearray]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    diary: list[tuple[str, str]] = field(default_factory=list)
    most_bytes: int = 1000
    page_size: int = 2
    is_dead: bool = False
    has_lists_as_array: bool = False


class NoarkStandin:
    """A running core."""

    def __init__(self) -> None:
        self.world = World()
        world = self.world

        class Bound(Handler):
            pass

        Bound.world = world
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
        self.server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self.server.server_port}/api/"
        self.thread = threading.Thread(target=lambda: self.server.serve_forever(poll_interval=0.02), daemon=True)

    @property
    def core(self) -> Core:
        return self.world.core

    def fail(self, effect: str, **about: Any) -> None:
        """Let something go wrong; see `EFFECTS`."""
        if effect not in EFFECTS:
            raise ValueError(effect)
        self.world.faults.append(Fault(effect, **about))

    def acts(self) -> list[tuple[str, str]]:
        """What has been asked for that changes something."""
        return [(method, path) for method, path in self.world.diary if method != "GET" and "/login" not in path]

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    # Headers and body leave together, or the other side waits 40 ms for each answer.
    disable_nagle_algorithm = True
    wbufsize = -1
    world: World

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.handle_one()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def handle_one(self) -> None:
        self.world.diary.append((self.command, self.path))
        fault = self._fault()
        if fault and fault.effect in ("drop", "half", "silent"):
            self._cut(fault)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if fault and fault.effect == "status":
            self._answer(fault.status, {"message": "Bestilt feil"})
            return
        try:
            status, content, headers = self._do(body)
        except Refusal as refusal:
            status, content, headers = refusal.status, {"message": refusal.reason}, {}
        if fault and fault.effect == "drop_after":
            self._cut(fault)
        elif fault and fault.effect == "status_after":
            self._answer(fault.status, {"message": "Bestilt feil"})
        else:
            self._answer(status, content, headers)

    def _fault(self) -> Fault | None:
        for fault in self.world.faults:
            if fault.fits(self.command, self.path):
                if fault.skip:
                    fault.skip -= 1
                    continue
                self.world.faults.remove(fault)
                return fault
        return None

    def _cut(self, fault: Fault) -> None:
        if fault.effect == "half":
            self.rfile.read(int(self.headers.get("Content-Length") or 0) // 2)
        if fault.effect == "silent":
            time.sleep(1)
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
        body = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Type": JSON, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _do(self, body: bytes) -> tuple[int, Any, dict[str, str]]:
        address = urlsplit(self.path)
        place = address.path.removeprefix("/api/").strip("/").split("/")
        if place[0] == "login":
            return 200, self._login(place[1], body), {}
        if place == [""] and "Authorization" not in self.headers:
            return 200, self._root(), {}
        self._check_login()
        if self.command == "GET" and place[0] not in ("thing", "file"):
            return 200, self._read(place, parse_qs(address.query)), {}
        match (self.command, place):
            case ("POST", ["new", id, kind]):
                made = self.world.core.create(kind, self._thing(id), self._json(body))
                return 201, self._shown(made), {"Location": f"/api/thing/{made.id}", "ETag": f'"{made.version}"'}
            case (_, ["thing", id]):
                return self._on_thing(self._thing(id), body)
            case (_, ["file", id]):
                return self._on_file(self._thing(id), body)
            case ("PUT", ["upload", session]):
                return self._on_upload(session, body)
        raise Refusal(404, "Ikke funnet")

    def _read(self, place: list[str], query: dict[str, list[str]]) -> dict[str, Any]:
        match place:
            case [""]:
                return self._root()
            case ["package", name]:
                return self._package(name)
            case ["codes", name]:
                found = [{"kode": code, "kodenavn": text} for code, text in CODES[name].items()]
                return {"count": len(found), "results": found, "_links": {}}
            case ["all" | "list", *rest]:
                return self._list(rest, query)
            case ["new", _, kind]:
                return {"tittel": None, "_links": links({API + f"metadata/{kind}/": "/api/codes"})}
        raise Refusal(404, "Ikke funnet")

    def _on_thing(self, thing: Thing, body: bytes) -> tuple[int, Any, dict[str, str]]:
        core = self.world.core
        if self.command == "GET":
            return 200, self._shown(thing), {"ETag": f'"{thing.version}"'}
        if self.command == "DELETE":
            core.delete(thing)
            return 204, None, {}
        if self.headers.get("If-Match") != f'"{thing.version}"':
            raise Refusal(412, "Objektet er endret av andre")
        core.change(thing, self._json(body))
        return 200, self._shown(thing), {"ETag": f'"{thing.version}"'}

    def _on_file(self, thing: Thing, body: bytes) -> tuple[int, Any, dict[str, str]]:
        if "X-Upload-Content-Length" in self.headers:
            session, total = ids.new().hex, int(self.headers["X-Upload-Content-Length"])
            self.world.uploads[session] = (thing, self.headers["X-Upload-Content-Type"], total, bytearray())
            return 200, None, {"Location": f"/api/upload/{session}"}
        if len(body) > self.world.most_bytes:
            raise Refusal(403, "Filen er større enn bulkgrensen")
        self.world.core.store(thing, body, self.headers["Content-Type"])
        return 201, self._shown(thing), {}

    def _on_upload(self, session: str, body: bytes) -> tuple[int, Any, dict[str, str]]:
        thing, media_type, total, there = self.world.uploads[session]
        span = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", self.headers.get("Content-Range", ""))
        if span is None or [int(one) for one in span.groups()] != [len(there), len(there) + len(body) - 1, total]:
            raise Refusal(400, "Content-Range stemmer ikke")
        there += body
        if len(there) < total:
            return 200, None, {"Range": f"bytes 0-{len(there) - 1}"}
        self.world.core.store(thing, bytes(there), media_type)
        return 201, self._shown(thing), {}

    def _login(self, mechanism: str, body: bytes) -> dict[str, str]:
        if mechanism == "oidc":
            return {"token_endpoint": f"http://{self.headers['Host']}/api/login/rfc6749"}
        told = json.loads(body) if mechanism == "rfc7519" else dict(parse_qsl(body.decode()))
        if (told.get("username"), told.get("password")) != (USER, PASSWORD) or self.world.is_dead:
            raise Refusal(401, "Feil brukernavn eller passord")
        token = ids.new().hex
        self.world.tokens.add(token)
        return {"token": token, "access_token": token, "token_type": "bearer"}

    def _check_login(self) -> None:
        kind, _, told = self.headers.get("Authorization", "").partition(" ")
        basic = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        is_basic = kind == "Basic" and told == basic and "rfc7617" in self.world.mechanisms
        if self.world.is_dead or not (is_basic or (kind == "Bearer" and told in self.world.tokens)):
            raise Refusal(401, "Ikke logget inn")

    def _root(self) -> dict[str, Any]:
        packages = {API + f"{name}/": f"/api/package/{name}" for name in ("arkivstruktur", "sakarkiv", "metadata")}
        login = {API + f"login/{name}/": f"/api/login/{name}" for name in self.world.mechanisms}
        return {"_links": self._links(packages | login)}

    def _package(self, name: str) -> dict[str, Any]:
        if name == "metadata":
            return {"_links": self._links({API + f"metadata/{one}/": f"/api/codes/{one}" for one in CODES})}
        kinds = [kind for kind, package in PACKAGES.items() if package == name]
        return {"_links": self._links({API + f"{name}/{kind}/": f"/api/all/{kind}{FILTERS}" for kind in kinds})}

    def _list(self, place: list[str], query: dict[str, list[str]]) -> dict[str, Any]:
        parent = self._thing(place[0]) if len(place) == 2 else None
        where, skip = query.get("$filter", [""])[0], int(query.get("$skip", ["0"])[0])
        try:
            found = [
                one
                for one in self.world.core.of_kind(place[-1], parent)
                if not where or odata.matches(one.fields, where)
            ]
        except ValueError as error:
            raise Refusal(400, f"Ukjent filter: {error}") from error
        page = found[skip : skip + self.world.page_size]
        following = skip + len(page)
        told = {"self": self.path}
        if following < len(found):
            told["next"] = f"/api/{'list' if parent else 'all'}/{'/'.join(place)}?" + "&".join(
                [f"$skip={following}", *([f"$filter={where}".replace(" ", "%20")] if where else [])]
            )
        shown = {"results": [self._shown(one) for one in page]} if page else {}
        return {"count": len(found), **shown, "_links": self._links(told)}

    def _shown(self, thing: Thing) -> dict[str, Any]:
        told = {
            "self": f"/api/thing/{thing.id}",
            API + f"{PACKAGES[thing.kind]}/{thing.kind}/": f"/api/thing/{thing.id}",
        }
        for kind in CHILDREN.get(thing.kind, ()):
            package = API + PACKAGES[kind]
            told[f"{package}/{kind}/"] = f"/api/list/{thing.id}/{kind}{FILTERS}"
            told[f"{package}/ny-{kind}/"] = f"/api/new/{thing.id}/{kind}"
        if thing.kind == "dokumentobjekt":
            told[API + "arkivstruktur/fil/"] = f"/api/file/{thing.id}"
        return {**thing.fields, "_links": self._links(told)}

    def _links(self, told: dict[str, str]) -> Any:
        if self.world.has_lists_as_array:
            return [{"rel": name, "href": href} for name, href in told.items()]
        return links(told)

    def _thing(self, id: str) -> Thing:
        thing = self.world.core.things.get(id)
        if thing is None:
            raise Refusal(404, "Ikke funnet")
        return thing

    def _json(self, body: bytes) -> dict[str, Any]:
        try:
            told: dict[str, Any] = json.loads(body)
        except ValueError as error:
            raise Refusal(400, "Ikke JSON") from error
        return told


def links(told: dict[str, str]) -> dict[str, Any]:
    return {name: {"href": href, "templated": "{" in href} for name, href in told.items()}
