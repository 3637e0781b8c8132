"""Hostile and broken pages: bounded time and memory, no text lost in silence."""

import os
import resource
import time

import pytest

from newsspider.page.document import Page

TEXT = "清河县今年计划新建高标准农田四万二千亩。"
EIGHT = 8 * 1024 * 1024


def _names(count: int) -> str:
    return " ".join(f"a{number}" for number in range(count))


DEEP = {
    "div": "<div>" * 100_000 + TEXT,
    "font": "<font>" * 5_000 + TEXT,
    "tables": "<table><tr><td>" * 30_000 + TEXT,
    "lists": "<ul><li>" * 20_000 + TEXT,
    "text between": ("<div>" + "田") * 3_000 + TEXT,
}
HOSTILE = {
    "siblings": "<p>田</p>" * 1_000_000,
    "one line of breaks": "a<br>" * (EIGHT // 5),
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(80_000)) + f">{TEXT}",
    "attributes without values": "<p " + "a " * (EIGHT // 2 - 10) + f">{TEXT}",
    "attributes behind a value with a bracket": '<p x=">" ' + _names(300_000) + f">{TEXT}",
    "attributes among values with brackets": "<p " + (_names(40) + ' x=">" ') * 20_000 + f">{TEXT}",
    "attributes that begin with a bracket": "<p <" + _names(110_000).replace(" ", " <") + f">{TEXT}",
    "many elements with many attributes": ("<p " + " ".join(f"a{i}=1" for i in range(900)) + f">{TEXT}")
    * 1_100,
    "one word": "田" * (EIGHT // 3),
    "open brackets": "<" * EIGHT,
    "line breaks": "田\n" * (EIGHT // 4),
    "references": "&#xD800;&#0;&amp;" * 400_000,
    "pictures": (f"<p>{TEXT}<img src=a.jpg>") * 50_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_text_below_the_parser_limit_is_kept_and_flagged(name):
    page = Page.from_bytes(DEEP[name].encode())
    assert TEXT in "".join(block.text for block in page.outline.blocks)
    assert [flag.reason.partition(":")[0] for flag in page.flags] == ["truncated_tree"]


def test_every_character_between_deep_tags_is_kept():
    page = Page.from_bytes(DEEP["text between"].encode())
    assert "".join(block.text for block in page.outline.blocks).count("田") == 3_000 + TEXT.count("田")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_ends_in_time_and_memory(name):
    body = HOSTILE[name].encode()[:EIGHT]
    child = os.fork()
    if child == 0:  # memory is measured in a process of its own
        begin, before = time.process_time(), _memory()
        page = Page.from_bytes(body)
        page.outline.size(page.outline.boxes[0])
        seconds, grown = time.process_time() - begin, _memory() - before
        os._exit(0 if seconds < 5 and grown < 250_000 else 1)
    _, status = os.waitpid(child, 0)
    assert status == 0


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("name", ["siblings", "one line of breaks", "attributes", "open brackets"])
def test_what_is_cut_is_flagged(name):
    flags = Page.from_bytes(HOSTILE[name].encode()).flags
    assert any(flag.reason.startswith("cut_") for flag in flags)


def test_a_text_node_of_twelve_megabytes_is_kept():
    page = Page.from_bytes(("田" * (EIGHT // 2)).encode("gb18030"))
    assert page.outline.sums[-1] == EIGHT // 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"\0",
        b"<",
        b"<!-- ",
        b"<html",
        b"\xff\xfe",
        b"<?xml version='1.0'?>",
        b"plain text",
        b"<frameset><frame src=a>",
    ],
)
def test_what_is_hardly_a_page_is_an_empty_one(body):
    page = Page.from_bytes(body)
    assert page.root is not None
    assert page.outline.boxes


def test_nul_and_control_characters():
    assert [b.text for b in Page.from_bytes("<p>清\0河\x0b新\x07闻</p>".encode()).outline.blocks] == [
        "清河 新闻"
    ]


@pytest.mark.parametrize("base", ["http://[", "//", ""])
def test_base_that_is_no_url(base):
    assert (
        Page.from_bytes(f'<base href="{base}">'.encode(), url="http://a.example/b").base_url
        == "http://a.example/b"
    )
