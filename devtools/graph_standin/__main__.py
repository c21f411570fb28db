"""Starts the stand-in from the command line; stops cleanly on SIGTERM and Ctrl-C."""

import argparse
import asyncio
from pathlib import Path

from devtools.graph_standin.app import Habits
from devtools.graph_standin.server import HOST, listen, make_server, make_world
from devtools.graph_standin.world import Settings


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m devtools.graph_standin", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--webhook-url", help="where deliveries go; without it none are sent")
    parser.add_argument("--app-secret", default=Settings.app_secret)
    parser.add_argument("--verify-token", default=Settings.verify_token)
    parser.add_argument("--require-proof", action="store_true", help="refuse calls without appsecret_proof")
    parser.add_argument("--batch-size", type=int, default=1, help="most updates in one delivery")
    parser.add_argument("--state", type=Path, help="file that keeps what was posted over a restart")
    parser.add_argument("--seed", choices=["demo"], help="start with the demonstration (only when there is no state)")
    parser.add_argument("--trickle", type=float, metavar="SECONDS", help="citizens write anew this often")
    parser.add_argument("--not-subscribed", action="store_true", help="wait for the app to subscribe to the page")
    return parser.parse_args()


def main() -> None:
    chosen = arguments()
    settings = Settings(
        app_secret=chosen.app_secret,
        verify_token=chosen.verify_token,
        webhook_url=chosen.webhook_url,
        must_prove=chosen.require_proof,
        batch_size=chosen.batch_size,
    )
    habits = Habits(state_file=chosen.state, trickle=chosen.trickle)
    world = make_world(settings, habits, seed=chosen.seed, is_subscribed=not chosen.not_subscribed)
    listener = listen(chosen.port)
    print(f"Graph stand-in: http://{HOST}:{listener.getsockname()[1]}/", flush=True)
    asyncio.run(make_server(world, habits).serve([listener]))


if __name__ == "__main__":
    main()
