"""What can go wrong that a person can do something about.

Views do not catch these: one middleware in `ui` turns them into an answer with the right status and text.
"""


class DomainError(Exception):
    """An anticipated refusal; its text is written for the user, translated, and says what to do next."""

    status = 400

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(DomainError):
    """The person sees the thing but may not do this act."""

    status = 403


class NotFound(DomainError):
    """Absent, or outside what the person may see: the two are answered alike."""

    status = 404


class Invalid(DomainError):
    """What was asked for does not make sense as it stands."""

    status = 422


class InvalidTransition(DomainError):
    """The thing is in a state from which this cannot be done."""

    status = 409


class Stale(DomainError):
    """Someone else changed it since the person loaded it."""

    status = 409


class Unavailable(DomainError):
    """Something we depend on is away; trying again later can help."""

    status = 503
