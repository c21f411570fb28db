"""What `torg check-config` looks at, and what stops a start."""

import shutil

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import OperationalError, connection

from torg.config.env import EnvironmentProblem

SHORTEST_KEY = 32
VENDOR = settings.PACKAGE / "ui" / "static" / "vendor"
NEEDED = (
    "designsystemet/index.css",
    "designsystemet/theme.css",
    "htmx/htmx.min.js",
    "htmx/hx-sse.min.js",
    "inter/inter-latin-400-normal.woff2",
)


def demand_vendor_files() -> None:
    """Raises EnvironmentProblem when style sheets, scripts or fonts were not built."""
    missing = [name for name in NEEDED if not (VENDOR / name).exists()]
    if missing:
        raise EnvironmentProblem(
            f"The static files are not built ({', '.join(missing)} missing): run ./torg static in a checkout, "
            "or install a wheel, which carries them."
        )


def problems() -> list[str]:
    """Everything that is wrong, each as one sentence that says what to do."""
    return [*problems_of_keys(), *problems_of_address(), *problems_of_programs(), *problems_of_database()]


def notes() -> list[str]:
    """What works less well than it could, each as one sentence that says what to do."""
    lacks = {
        "LibreOffice": (settings.SOFFICE, "office documents", "TORG_SOFFICE"),
        "Ghostscript": (settings.GHOSTSCRIPT, "PDF files that are no PDF/A", "TORG_GHOSTSCRIPT"),
    }
    return [
        f"{name} is not here, so {what} wait for a person to convert them: install it, or set {variable}."
        for name, (path, what, variable) in lacks.items()
        if not path
    ]


def problems_of_keys() -> list[str]:
    """Keys that are absent, too short or unreadable."""
    found = []
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        found.append(f"TORG_SECRET_KEY is missing or shorter than {SHORTEST_KEY} characters.")
    if not settings.CREDENTIAL_KEYS:
        found.append("TORG_CREDENTIAL_KEYS is missing: pages' tokens cannot be stored.")
    for number, key in enumerate(settings.CREDENTIAL_KEYS, start=1):
        try:
            Fernet(key)
        except ValueError:
            found.append(f"Key {number} of TORG_CREDENTIAL_KEYS is not 32 bytes in URL-safe base64.")
    if not settings.CHECKPOINT_ORIGIN:
        found.append("TORG_CHECKPOINT_ORIGIN is not set: the log would not verify after a change of address.")
    return found


def problems_of_address() -> list[str]:
    """An address that browsers or platforms will not accept."""
    is_here = any(host in settings.PUBLIC_ADDRESS for host in ("//localhost", "//127.0.0.1"))
    if settings.PUBLIC_ADDRESS.startswith("https://") or is_here:
        return []
    return ["TORG_ADDRESS must begin with https://, or platforms deliver nothing and sessions can be stolen."]


def problems_of_programs() -> list[str]:
    """A program that is named and is not there."""
    named = {"TORG_SOFFICE": settings.SOFFICE, "TORG_GHOSTSCRIPT": settings.GHOSTSCRIPT}
    return [
        f"{variable} names no program that can be run: {path}. Give its whole path, or leave it empty."
        for variable, path in named.items()
        if path and shutil.which(path) is None
    ]


def problems_of_database() -> list[str]:
    """A database that is away, too old, or served by the role that owns it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int, current_user")
            version, user = cursor.fetchone()
    except OperationalError:
        return ["The database does not answer; look at DATABASE_URL and at the server."]
    found = []
    if version < 150_000:
        found.append("PostgreSQL must be version 15 or newer.")
    if not settings.APP_DATABASE_ROLE:
        found.append("TORG_APP_ROLE is not set: the role that serves also owns the tables, so only triggers guard.")
    elif user != settings.APP_DATABASE_ROLE:
        found.append(f"DATABASE_URL signs in as {user}, but TORG_APP_ROLE says {settings.APP_DATABASE_ROLE}.")
    return found
