"""`torg web`: one process that serves pages, webhooks and the live stream."""

import argparse

import uvicorn
from django.conf import settings

from torg.config import checks, logs

STOP_SECONDS = 2


def main(arguments: list[str]) -> int:
    """Serve until told to stop; returns the exit status.

    Raises EnvironmentProblem when the static files are not built.
    """
    parser = argparse.ArgumentParser(prog="torg web")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: behind a proxy here)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--processes", type=int, default=1, help="processes that share the port (1)")
    given = parser.parse_args(arguments)
    checks.demand_vendor_files()
    logs.configure()
    uvicorn.run(
        "torg.config.asgi:application",
        host=given.host,
        port=given.port,
        workers=given.processes,
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.PROXIES,
        # Live streams never end by themselves.
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    return 0
