"""Answers of the Graph API when it refuses, as its guide to handling errors lists them."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class GraphError(Exception):
    """One refusal; `code` and `subcode` decide, the texts are localised."""

    code: int
    message: str
    status: int = 400
    type: str = "OAuthException"
    subcode: int | None = None
    title: str | None = None
    user_message: str | None = None
    is_transient: bool | None = None

    def body(self, trace: str) -> dict[str, object]:
        error: dict[str, object] = {"message": self.message, "type": self.type, "code": self.code}
        optional = {
            "error_subcode": self.subcode,
            "is_transient": self.is_transient,
            "error_user_title": self.title,
            "error_user_msg": self.user_message,
        }
        error |= {name: value for name, value in optional.items() if value is not None}
        return {"error": error | {"fbtrace_id": trace}}

    def saying(self, message: str) -> "GraphError":
        return replace(self, message=message)


NO_TOKEN = GraphError(104, "An access token is required to request this resource.")
BAD_TOKEN = GraphError(190, "Invalid OAuth access token - Cannot parse access token")
DEAD_TOKEN = GraphError(
    190,
    "Error validating access token: The session has been invalidated because the user changed their password or "
    "Facebook has changed the session for security reasons.",
    subcode=460,
)
EXPIRED_TOKEN = GraphError(190, "Error validating access token: Session has expired.", subcode=463)
NO_PROOF = GraphError(100, "API calls from the server require an appsecret_proof argument", type="GraphMethodException")
BAD_PROOF = GraphError(100, "Invalid appsecret_proof provided in the API argument", type="GraphMethodException")
NEEDS_PAGE_TOKEN = GraphError(210, "(#210) A page access token is required to request this resource.", status=403)
UNKNOWN_ERROR = GraphError(1, "An unknown error occurred", status=500, is_transient=True, type="OAuthException")
SERVICE_DOWN = GraphError(
    2,
    "An unexpected error has occurred. Please retry your request later.",
    status=500,
    is_transient=True,
)
APP_RATE = GraphError(4, "(#4) Application request limit reached", status=403, is_transient=True)
PAGE_RATE = GraphError(
    80001,
    "(#80001) There have been too many calls to this Page account. Wait a bit and try again.",
    is_transient=True,
)
DUPLICATE_POST = GraphError(
    506,
    "(#506) Duplicate status message",
    subcode=1455006,
    title="Likt innlegg",
    user_message="Dette innlegget er likt det siste du la ut. Skriv noe annet.",
)
OUTSIDE_WINDOW = GraphError(
    10,
    "(#10) This message is sent outside of allowed window.",
    status=403,
    subcode=2018278,
    title="Svarfristen er ute",
    user_message="Denne meldingen sendes utenfor tidsrommet som er tillatt.",
)
PERSON_UNAVAILABLE = GraphError(200, "(#551) Personen er ikke tilgjengelig akkurat nå.", subcode=1545041)
NO_SUCH_RECIPIENT = GraphError(100, "(#100) No matching user found", subcode=2018001)
ANOTHER_APP_OWNS = GraphError(
    10, "(#10) Message failed to send because another app is controlling this thread now.", status=403, subcode=2018300
)
ALREADY_REPLIED = GraphError(10900, "(#10900) Activity already replied to")
REPLY_TOO_LATE = GraphError(
    10, "(#10) The comment is older than seven days and cannot be replied to privately.", status=403, subcode=2534014
)
VERIFICATION_FAILED = GraphError(
    2200,
    "(#2200) Callback verification failed with the following errors: HTTP Status Code or challenge did not match.",
)


def gone(method: str, node_id: str) -> GraphError:
    """The same answer for what never was, what is deleted and what one may not see."""
    return GraphError(
        100,
        f"Unsupported {method.lower()} request. Object with ID '{node_id}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        type="GraphMethodException",
        subcode=33,
    )


def bad_parameter(text: str) -> GraphError:
    return GraphError(100, f"(#100) {text}")


def unknown_field(name: str, kind: str) -> GraphError:
    return GraphError(100, f"(#100) Tried accessing nonexisting field ({name}) on node type ({kind})")


def unknown_edge(name: str) -> GraphError:
    return GraphError(2500, f"Unknown path components: /{name}")


def missing_permission(method: str, scope: str) -> GraphError:
    if method == "GET":
        return GraphError(
            10,
            f"(#10) This endpoint requires the '{scope}' permission or the 'Page Public Content Access' feature.",
            status=403,
        )
    return GraphError(200, f"(#200) If posting to a page, requires {scope} permission", status=403)
