"""The run's numbers for Prometheus: a text file in the folder that METRICS_DIR names.

node_exporter's textfile collector reads it. The file is named by the run's label (a site, or
"many"), so that cron lines of different sites do not overwrite each other.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsspider.crawl.reports.files import label_of
from newsspider.crawl.reports.report import RunReport, moment
from newsspider.crawl.summary import FIELDS
from newsspider.errors import ConfigurationError

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

_PREFIX: Final = "newsspider"


def check_metrics() -> None:
    """Refuse a METRICS_DIR that nobody could write to, before the crawl."""
    try:
        import prometheus_client  # noqa: F401  # an extra
    except ImportError:
        raise ConfigurationError(
            "METRICS_DIR needs prometheus-client: pip install 'newsspider[metrics]'"
        ) from None


def write_metrics(report: RunReport, folder: Path) -> Path:
    """Write the file whole; return its path. Raises OSError."""
    from prometheus_client import write_to_textfile  # an extra

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_PREFIX}_{label_of(report.run)}.prom"
    write_to_textfile(str(path), _registry(report))
    return path


def _registry(report: RunReport) -> "CollectorRegistry":
    from prometheus_client import CollectorRegistry, Gauge  # an extra

    registry = CollectorRegistry()

    def gauge(name: str, text: str, *labels: str) -> Gauge:
        return Gauge(f"{_PREFIX}_{name}", text, labels, registry=registry)

    label = label_of(report.run)
    code = gauge("exit_code", "What the latest run ended with; -1: it did not end", "run_label")
    code.labels(label).set(-1 if report.exit_code is None else report.exit_code)
    if report.finished:
        ended = gauge("finished_timestamp_seconds", "When the latest run ended", "run_label")
        ended.labels(label).set(moment(report.finished).timestamp())
    if report.duration is not None:
        took = gauge("run_seconds", "How long the latest run took", "run_label")
        took.labels(label).set(report.duration)
    visits = gauge("visits", "Visits of the latest run by outcome", "site", "outcome")
    new = gauge("new_articles", "New articles of the latest run", "site")
    failed = gauge("site_failed", "1 when the site counts as failed", "site")
    seconds = gauge("download_seconds", "Seconds of downloads of the latest run", "site")
    size = gauge("download_bytes", "Bytes of downloads of the latest run", "site")
    coverage = gauge("field_coverage", "Share of the pages read that have the field", "site", "field")
    alarms = gauge("alarms", "Alarms of the latest run by kind", "site", "kind")
    for site in report.sites:
        for outcome, count in site.outcomes.items():
            visits.labels(site.site, outcome.value).set(count)
        new.labels(site.site).set(site.new)
        failed.labels(site.site).set(site.failed is not None)
        seconds.labels(site.site).set(site.seconds)
        size.labels(site.site).set(site.bytes)
        for name in FIELDS:
            share = site.coverage(name)
            if share is not None:
                coverage.labels(site.site, name).set(share)
    for alarm in report.alarms:
        alarms.labels(alarm.site, alarm.kind).inc()
    return registry
