"""Any days of any pages, with or without a ledger in between, against the simplest model of a store."""

import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from store_world import article_id, draft, memory_folder, open_store, prose, visit

from newsspider.items import Outcome
from newsspider.store.verify import check_exports

GONE = {"outcome": Outcome.GONE, "reason": "410", "status": 410}
#: A page of a day: which article, and which of its texts it shows (None: it is gone).
PAGE = st.tuples(st.integers(0, 2), st.sampled_from([0, 1, 2, None]))
DAY = st.tuples(st.lists(st.lists(PAGE, max_size=3), max_size=3), st.booleans(), st.booleans())


@settings(max_examples=25, deadline=None)
@given(st.lists(DAY, max_size=5))
def test_any_days(days: list[tuple[list[list[tuple[int, int | None]]], bool, bool]]) -> None:
    texts: defaultdict[int, list[int]] = defaultdict(list)
    told: dict[int, bool] = {}
    events = 0
    with tempfile.TemporaryDirectory() as disk, memory_folder(Path(disk)) as folder:
        root = folder / "exports"
        for number, (batches, lose_ledger, compress) in enumerate(days):
            store = open_store(root, f"run-{number}", compress=compress, max_bytes=3_000)
            gone_today: set[int] = set()
            for batch in batches:
                for article, text in batch:
                    if text is None:
                        store.add(visit("dahe", article, store.run, **GONE))
                        if texts[article] and not told.get(article):
                            gone_today.add(article)
                        continue
                    body = prose(10 * article + text)
                    store.add(visit("dahe", article, store.run), draft("dahe", article, body=body))
                    if texts[article][-1:] != [text]:
                        texts[article].append(text)
                    gone_today.discard(article)
                    events += told.pop(article, False)
                store.commit()
            store.close()
            events += len(gone_today)
            told |= dict.fromkeys(gone_today, True)
            if lose_ledger:
                (root / ".state/ledger.sqlite3").unlink()
        store = open_store(root, "reader")
        for article, expected in texts.items():
            found = store.versions(draft("dahe", article).id)
            assert [record.body for record in found] == [prose(10 * article + text) for text in expected]
            assert [record.version for record in found] == list(range(1, len(expected) + 1))
        store.close()
        whole = check_exports(root, identify=article_id)
        assert whole.is_whole, whole.problems
        assert whole.lines.get("events", 0) == events
