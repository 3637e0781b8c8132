"""The end of a run: close it, write its report, tell who wants to know, and give the exit code."""

import sys

from newsspider.crawl.run import Run
from newsspider.errors import ExitCode


def finish(run: Run) -> ExitCode:
    """Close the run and print its summary; the return value is the command's exit code."""
    if run.finish_reason is None:
        # The crawl did not end by itself: a second signal stopped the reactor.
        run.failure = run.failure or ExitCode.STOPPED_TWICE
        run.finish_reason = "killed"
    run.close()
    code = run.exit_code()
    if run.message is not None:
        sys.stderr.write(f"newsspider: {run.message}\n")
    return code
