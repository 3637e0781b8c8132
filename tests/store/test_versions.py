"""What becomes of a draft: versions, corrections, upgrades of the extractor, rings 2 and 3."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_world import article_id, draft, lines, open_store, prose, stored, visit

from newsspider.items import Outcome, Record, Related, Visit
from newsspider.store.draft import Draft
from newsspider.store.identity import digest
from newsspider.store.judge import REREAD, REREAD_GONE, REREAD_SAME, reread_of


def day(root: Path, run: str, drafts: Sequence[Draft], **given: Any) -> list[Visit]:
    """One run over some pages; the visits as they ended."""
    store = open_store(root, run, *sorted({item.site for item in drafts}), **given)
    for item in drafts:
        number = str(item.article.url).rsplit("/", 1)[1].removesuffix(".html")
        store.add(visit(item.site, number, run), item)
    ended = store.commit()
    store.close()
    return ended


def outcomes(visits: list[Visit]) -> list[str]:
    return [seen.outcome.value for seen in visits]


def records(root: Path, *kinds: str) -> list[dict[str, Any]]:
    return sorted(
        lines(root, *(kinds or ("articles", "reprints"))), key=lambda line: (line["id"], line["version"])
    )


def corrected(base: Draft, body: str) -> Draft:
    return replace(base, article=replace(base.article, body=body))


def test_first_corrected_and_back_are_three_versions(root: Path) -> None:
    a, b = draft("dahe", 1), draft("dahe", 1, body=prose(1) + "\n\n更正。")
    for run, item, outcome in (
        ("r1", a, "stored"),
        ("r2", a, "unchanged"),
        ("r3", b, "stored"),
        ("r4", a, "stored"),
        ("r5", a, "unchanged"),
    ):
        assert outcomes(day(root, run, [item])) == [outcome]
    found = records(root)
    assert [(line["version"], line["change"]) for line in found] == [
        (1, "first"),
        (2, "corrected"),
        (3, "corrected"),
    ]
    assert found[0]["digest"] == found[2]["digest"] != found[1]["digest"]


def test_the_visit_says_how_it_ended(root: Path) -> None:
    item = draft("dahe", 1)
    (first,) = day(root, "r1", [item])
    assert (first.article, first.version, first.digest) == (item.id, 1, digest(item.article))
    assert first.published_at == item.article.published_at
    (again,) = day(root, "r2", [item])
    assert (again.article, again.version, again.digest) == (item.id, None, digest(item.article))


def test_related_links_alone_make_no_version(root: Path) -> None:
    item = draft("dahe", 1)
    day(root, "r1", [item])
    links = (Related(group="推荐", title="别的新闻", url="http://a.cn/x"),)
    other = replace(item, article=replace(item.article, related=links))
    assert outcomes(day(root, "r2", [other])) == ["unchanged"]


def test_two_versions_in_one_batch(root: Path) -> None:
    item = draft("dahe", 1)
    ended = day(root, "r1", [item, item, corrected(item, prose(1) + "\n\n更正。"), item])
    assert [(seen.outcome.value, seen.version) for seen in ended] == [
        ("stored", 1),
        ("unchanged", None),
        ("stored", 2),
        ("stored", 3),
    ]
    assert len(stored(root)) == 3


# -- upgrades of the extractor ---------------------------------------------------------------------


class Archive:
    """Stands for the archived pages: what today's rules read from each."""

    def __init__(self, digests: dict[str, str | None]) -> None:
        self.digests = digests
        self.asked: list[str] = []

    def __call__(self, record: Record) -> str | None:
        self.asked.append(record.id)
        return self.digests[record.id]


def upgraded(item: Draft, body: str) -> Draft:
    return replace(corrected(item, body), extractor="2")


@pytest.mark.parametrize("lose_ledger", [False, True])
def test_an_upgrade_makes_no_false_corrections(root: Path, *, lose_ledger: bool) -> None:
    item = draft("dahe", 1)
    new = upgraded(item, prose(1) + "\n\n新规则多读的一段。")
    archive = Archive({item.id: digest(new.article)})
    day(root, "r1", [item])
    (seen,) = day(root, "r2", [new], reread=archive)
    assert (seen.outcome, seen.detail, seen.version) == (Outcome.UNCHANGED, f"{REREAD} (read by 2)", None)
    if lose_ledger:
        (root / ".state" / "ledger.sqlite3").unlink()
    # Remembered: the archived page is not read again.
    assert outcomes(day(root, "r3", [new], reread=archive)) == ["unchanged"]
    assert archive.asked == [item.id]
    # A true correction afterwards is one.
    really = upgraded(item, prose(1) + "\n\n新规则多读的一段。\n\n更正。")
    assert outcomes(day(root, "r4", [really], reread=archive)) == ["stored"]
    assert [line["change"] for line in records(root)] == ["first", "corrected"]


def test_a_correction_read_by_new_rules_is_one(root: Path) -> None:
    item = draft("dahe", 1)
    day(root, "r1", [item])
    new = upgraded(item, prose(1) + "\n\n更正。")
    archive = Archive({item.id: digest(item.article)})  # the old page reads as it did
    assert outcomes(day(root, "r2", [new], reread=archive)) == ["stored"]


@pytest.mark.parametrize("with_archive", [False, True])
def test_an_upgrade_without_the_raw_page_makes_no_version(root: Path, *, with_archive: bool) -> None:
    item = draft("dahe", 1)
    day(root, "r1", [item])
    new = upgraded(item, prose(1) + "\n\n也许更正，也许新规则。")
    reread = Archive({item.id: None}) if with_archive else None
    (seen,) = day(root, "r2", [new], reread=reread)
    assert (seen.outcome, seen.detail) == (Outcome.UNCHANGED, f"{REREAD_GONE} (read by 2)")
    (line,) = (line for line in lines(root, "runs") if line["run"] == "r2")
    assert line["detail"] == seen.detail


@pytest.mark.parametrize("lose_ledger", [False, True])
@pytest.mark.parametrize("reads_more", [False, True])
def test_what_new_rules_have_read_once_can_be_corrected(
    root: Path, *, reads_more: bool, lose_ledger: bool
) -> None:
    """No raw page is left, the ledger is made anew every night: no correction is taken for an upgrade."""
    item = draft("dahe", 1)
    read = prose(1) + ("\n\n新规则多读的一段。" if reads_more else "")
    steps = [
        ("2", ""),
        ("2", ""),
        ("3", ""),
        ("3", ""),
        ("3", "更正。"),
        ("3", "再更正。"),
        ("3", ""),
        ("3", ""),
    ]
    expected = [("unchanged", None)] * 4 + [("stored", 2), ("stored", 3), ("stored", 4), ("unchanged", None)]
    day(root, "r1", [item])
    found = []
    for number, (extractor, added) in enumerate(steps, 2):
        body = f"{read}\n\n{added}" if added else read
        if lose_ledger:
            (root / ".state" / "ledger.sqlite3").unlink()
        (seen,) = day(root, f"r{number}", [replace(corrected(item, body), extractor=extractor)])
        found.append((str(seen.outcome), seen.version))
    assert found == expected


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        (f"{REREAD} (read by 2)", (True, "2")),
        (f"{REREAD_GONE} (read by 1.0 (b))", (True, "1.0 (b)")),
        (f"{REREAD_SAME} (read by )", (True, "")),
        (REREAD, (True, None)),
        (REREAD_GONE, (True, None)),
        ("a redirect", (False, None)),
        ("", (False, None)),
        (None, (False, None)),
    ],
)
def test_what_a_detail_says_of_the_rules(detail: str | None, expected: tuple[bool, str | None]) -> None:
    assert reread_of(detail) == expected


def test_the_same_rules_never_read_the_archive(root: Path) -> None:
    item = draft("dahe", 1)
    archive = Archive({})
    day(root, "r1", [item], reread=archive)
    assert outcomes(day(root, "r2", [corrected(item, prose(9))], reread=archive)) == ["stored"]
    assert archive.asked == []


def test_what_the_archive_gives_anew_is_re_extracted(root: Path) -> None:
    item = draft("dahe", 1)
    day(root, "r1", [item])
    store = open_store(root, "r2")
    store.revise(upgraded(item, prose(1) + "\n\n多读的一段。"))
    store.revise(item)
    store.revise(item)
    assert store.commit() == []
    store.close()
    assert [line["change"] for line in records(root)] == ["first", "re-extracted", "re-extracted"]
    assert not (root / "runs" / "r2").exists(), "no visit belongs to it"


# -- rings 2 and 3 -----------------------------------------------------------------------------------


def test_ring_2_the_same_text_at_another_url_adds_nothing(root: Path) -> None:
    first, twin = draft("dahe", 1), draft("dahe", 2, body=prose(1), title="另一个标题")
    ended = day(root, "r1", [first, twin])
    assert outcomes(ended) == ["stored", "same_text"]
    assert (ended[1].article, ended[1].version) == (first.id, None)
    assert len(records(root)) == 1
    known = open_store(root, "r2")
    state = known.known(twin.id)
    known.close()
    assert state is not None
    assert (state.article, state.version, state.last_outcome) == (first.id, 1, Outcome.SAME_TEXT)


def test_ring_2_near_identical_text_of_one_site(root: Path) -> None:
    body = prose(1, paragraphs=12)
    first, twin = draft("dahe", 1, body=body), draft("dahe", 2, body=body + "\n\n（责任编辑：某某）")
    assert outcomes(day(root, "r1", [first, twin])) == ["stored", "same_text"]


def test_a_part_of_a_longer_text_is_another_article_of_the_site(root: Path) -> None:
    body = prose(1, paragraphs=12)
    part = "\n\n".join(body.split("\n\n")[:5])
    assert outcomes(day(root, "r1", [draft("dahe", 1, body=body), draft("dahe", 2, body=part)])) == [
        "stored",
        "stored",
    ]


def test_texts_without_words_are_never_the_same(root: Path) -> None:
    gallery = [draft("dahe", number, body="", title="图集") for number in range(3)]
    assert outcomes(day(root, "r1", gallery)) == ["stored"] * 3


def test_a_few_words_under_every_video_make_no_twins(root: Path) -> None:
    words = "您的浏览器不支持视频播放，请下载最新版本后再试一次，谢谢您的支持。"
    videos = [draft("dahe", number, body=words, title=f"视频新闻第{number}条") for number in range(3)]
    other = [draft("hnr", 9, body=words, title="别的视频")]
    assert outcomes(day(root, "r1", videos)) == ["stored"] * 3
    assert outcomes(day(root, "r2", other)) == ["stored"]
    again = [draft("dahe", 7, body=words, title="视频新闻第1条")]
    assert outcomes(day(root, "r3", again)) == ["same_text"]
    assert outcomes(day(root, "r4", [draft("xinmi", 7, body=words, title="视频新闻第0条")])) == ["reprint"]


def test_a_twin_of_the_original_is_no_reprint_of_its_reprints(root: Path) -> None:
    body = prose(1, paragraphs=12)
    day(root, "r1", [draft("dahe", 1, body=body)])
    for number in range(3):
        site = f"site{number}"
        assert outcomes(day(root, f"r2-{number}", [draft(site, 1, body=body + f"\n\n（{site}转载）")])) == [
            "reprint"
        ]
    twin = draft("dahe", 2, body=body + "\n\n（site1转载）", title="又登一次")
    assert outcomes(day(root, "r3", [twin])) == ["same_text"]


def test_ring_3_reprints_lie_beside_and_name_the_original(root: Path) -> None:
    original = draft("dahe", 1)
    day(root, "r1", [original])
    copy = draft("hnr", 5, body=prose(1), title="转载：标题")
    (seen,) = day(root, "r2", [copy])
    assert (seen.outcome, seen.article, seen.version) == (Outcome.REPRINT, copy.id, 1)
    (line,) = records(root, "reprints")
    assert (line["story"], line["reprint_of"], line["similarity"]) == (original.id, original.id, 1.0)
    # A correction of a reprint stays in its story.
    assert outcomes(day(root, "r3", [corrected(copy, prose(1) + "\n\n更正。")])) == ["reprint"]
    second = records(root, "reprints")[1]
    assert (second["version"], second["change"], second["story"]) == (2, "corrected", original.id)
    # So does a reprint of a reprint, and a twin of a reprint on one site is the same text.
    assert outcomes(day(root, "r4", [draft("xinmi", 3, body=prose(1))])) == ["reprint"]
    assert {record["story"] for record in records(root)} == {original.id}
    assert outcomes(day(root, "r5", [draft("hnr", 6, body=prose(1) + "。", title="又一次")])) == ["same_text"]


def test_a_reprint_is_found_within_one_batch(root: Path) -> None:
    ended = day(root, "r1", [draft("dahe", 1), draft("hnr", 1, body=prose(1))])
    assert outcomes(ended) == ["stored", "reprint"]


def test_further_pages_end_as_their_article(root: Path) -> None:
    store = open_store(root, "r1")
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1), also=(visit("dahe", "1_2", "r1"),))
    assert store.pending == 2
    first, second = store.commit()
    store.close()
    assert (first.outcome, first.version) == (Outcome.STORED, 1)
    assert (second.outcome, second.version, second.article) == (Outcome.STORED, None, first.article)
    assert second.id == article_id("http://news.dahe.example.cn/2026-11/25/1_2.html")


def test_a_visit_that_stores_needs_a_draft(root: Path) -> None:
    store = open_store(root, "r1")
    with pytest.raises(ValueError, match="draft"):
        store.add(visit("dahe", 1, "r1"))
    store.close()


def test_what_a_page_holds_survives_as_printed(root: Path) -> None:
    body = prose(1) + "\n\n一\u2028二\x85三，😀，\ud800，a\0b"
    day(root, "r1", [draft("dahe", 1, body=body, title="标题\ud83d\ude00")])
    (path,) = (root / "articles").glob("*/*.jsonl")
    text = path.read_text("utf-8")
    assert len(text.splitlines()) == 1
    record = json.loads(text)
    assert record["title"] == "标题😀"
    assert record["body"].endswith("一\u2028二\x85三，😀，\ufffd，ab")


def test_a_damaged_latest_line_does_not_stop_a_run(root: Path) -> None:
    item = draft("dahe", 1)
    day(root, "r1", [item])
    (path,) = (root / "articles").glob("*/*.jsonl")
    path.write_bytes(b"x" * (path.stat().st_size - 1) + b"\n")
    assert outcomes(day(root, "r2", [item])) == ["unchanged"]
    assert outcomes(day(root, "r3", [corrected(item, prose(8))])) == ["stored"]
