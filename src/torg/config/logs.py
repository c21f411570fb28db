"""Log lines: JSON in production, readable at a terminal; event names and ids, never what people wrote."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from django.conf import settings

# A last net under the rule that only ids are logged.
NEVER_LOGGED = {"text", "name", "handle", "email", "phone", "token", "secret", "password", "body", "query", "payload"}
# Libraries quote addresses in their own words, and these hold a secret after the second step.
# Where an address goes on with a secret: links that sign somebody in, links of those who have no account, calendars.
SECRET_ADDRESS = re.compile(
    r"(/(?:account/[^/\s]*|klage|innsyn/krav|kommentar/min|varsel|publishing/plan(?=/[^/\s]*\.ics))/)\S+"
)
LOUD_LIBRARIES = ("httpx", "httpcore", "urllib3", "asyncio")

Line = MutableMapping[str, Any]


def configure() -> None:
    """Send our lines and those of libraries to standard error, in one form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        scrub,
        cut_secret_addresses,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering()],
        )
    )
    logging.root.handlers = [handler]
    logging.root.setLevel(settings.LOG_LEVEL)
    for library in LOUD_LIBRARIES:
        logging.getLogger(library).setLevel(logging.WARNING)


def rendering() -> list[Any]:
    """The last steps: one JSON object a line, or columns for a person."""
    if settings.LOG_FORMAT == "json":
        return [trace_without_values, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [trace_without_values, structlog.dev.ConsoleRenderer(colors=False)]


def scrub(logger: Any, method: str, line: Line) -> Line:
    """Replace what must not be logged, should it come here by mistake."""
    for key in NEVER_LOGGED & line.keys():
        line[key] = "…"
    return line


def without_secrets(address: str) -> str:
    """An address, or a message with one, without the secret that it goes on with."""
    return SECRET_ADDRESS.sub(r"\1…", address)


def cut_secret_addresses(logger: Any, method: str, line: Line) -> Line:
    """Cut the secret out of an address in a message: Django logs the address of what it refuses."""
    if isinstance(line.get("event"), str):
        line["event"] = without_secrets(line["event"])
    return line


def trace_without_values(logger: Any, method: str, line: Line) -> Line:
    """Where an exception came from and its class: its text may quote what somebody wrote."""
    information = line.pop("exc_info", None)
    if information is True:
        information = sys.exc_info()
    if isinstance(information, BaseException):
        information = (type(information), information, information.__traceback__)
    if information and information[0] is not None:
        line["error"] = information[0].__name__
        line["at"] = places(information[2])
    return line


def places(trace: Any) -> list[str]:
    """File, line and function of each step, the innermost last."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found
