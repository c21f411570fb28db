"""A small OpenID Connect provider on loopback, which demands PKCE and can be told to lie."""

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class IdentityProvider:
    """What it knows of one sign-in, and the claims that it will give."""

    key: RSAKey = field(default_factory=lambda: KEY)
    signs_with: RSAKey | None = None
    challenge: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)
    authorization: str = ""

    def __enter__(self) -> "IdentityProvider":
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, provider.documents().get(self.path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.asked, provider.authorization = parse_qs(body), self.headers.get("Authorization", "")
                provider.answer(self, provider.token())

            def log_message(self, *_arguments: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def documents(self) -> dict[str, Any]:
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            },
            "/keys": {"keys": [self.key.as_dict(private=False)]},
        }

    def token(self) -> dict[str, Any] | None:
        digest = hashlib.sha256(self.asked.get("code_verifier", [""])[0].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != self.challenge:
            return None
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, self.claims, self.signs_with or self.key)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}

    @staticmethod
    def answer(handler: BaseHTTPRequestHandler, document: Any) -> None:
        body = json.dumps(document or {"error": "invalid_request"}).encode()
        handler.send_response(200 if document else 400)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
