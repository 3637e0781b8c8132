"""Certificates are verified; a profile may except its own site, and only that one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import certificates
from tests.faults.healthy import Healthy
from tests.faults.server import FaultyServer
from tests.running import Ended

FAST = {"DOWNLOAD_TIMEOUT": 3, "BACKOFF_SECONDS": 0.1}


@pytest.mark.parametrize("kind", ["self-signed", "expired", "wrong host"])
def test_a_bad_certificate_is_refused(kind: str, tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with FaultyServer(Healthy(), tls=certificates.context(tmp_path, kind)) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", **FAST)
        assert server.requests == []
    assert ended.code == 9
    assert "Traceback" not in ended.err


def test_a_profile_may_except_its_own_site(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    tls = certificates.context(tmp_path, "self-signed")
    with FaultyServer(Healthy(), tls=tls) as excepted, FaultyServer(Healthy(), tls=tls) as strict:
        excepted.write_spider(tmp_path / "sites", name="excepted", insecure_tls=True)
        strict.write_spider(tmp_path / "sites", name="strict")
        ended = scrapy("crawlsites", "--all", sites=tmp_path / "sites", **FAST)
        assert strict.requests == []
    assert ended.code == 9, ended.err
    assert {record["site"] for record in ended.articles} == {"excepted"}
    assert ended.run["insecure_tls"] == ["excepted"]
