"""Serves the demo's sites until it is stopped: `python -m newsspider.demo.serve --phase 2`."""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import date, datetime

from newsspider.demo.server import DemoServer
from newsspider.demo.sites import LOOPBACK, PORT, SITES
from newsspider.demo.world import CHINA, World
from newsspider.errors import ConfigurationError, ExitCode


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM; return the exit code."""
    options = _options(arguments)
    world = World(options.today, phase=options.phase, scale=options.scale)
    stopped = threading.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda *_: stopped.set())
    try:
        with DemoServer(world):
            for site in SITES:
                print(f"{site.origin}/  {site.title}  {world.count(site)} articles")  # noqa: T201  a command
            print(f"at {LOOPBACK}:{PORT}; stop with Ctrl-C", flush=True)  # noqa: T201  a command
            stopped.wait()
    except ConfigurationError as error:
        print(error, file=sys.stderr)  # noqa: T201  a command
        return ExitCode.CONFIGURATION
    return ExitCode.FINE


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m newsspider.demo.serve", description=__doc__)
    parser.add_argument(
        "--today", type=date.fromisoformat, default=datetime.now(CHINA).date(), help="the demo's day"
    )
    parser.add_argument("--phase", type=int, choices=(1, 2), default=1, help="2: after the correction")
    parser.add_argument("--scale", type=int, default=150, help="number of articles")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
