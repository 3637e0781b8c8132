"""The end of a run: close it, write its report, tell who wants to know, and give the exit code."""

from scrapy.settings import BaseSettings

from newsspider.crawl.reports.run_report import report_run
from newsspider.crawl.run import Run
from newsspider.errors import ExitCode


def finish(run: Run, settings: BaseSettings) -> ExitCode:
    """Close the run and print its summary; the return value is the command's exit code."""
    if run.finish_reason is None:
        # The crawl did not end by itself: a second signal stopped the reactor.
        run.failure = run.failure or ExitCode.STOPPED_TWICE
        run.finish_reason = "killed"
    run.close()
    code = run.exit_code()
    report_run(
        run.settings.exports_dir,
        run.id if run.store is not None else None,
        settings,
        code=code,
        message=run.message,
    )
    return code
