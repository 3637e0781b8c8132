"""Charts as SVG that takes its colours and fonts from the page around it (templates/report.css).

Drawn by pygal: pure Python, 1 MB, 40 ms (vl-convert draws Altair's as well, with 84 MB, 120 MB of
memory and colours that a dark page cannot change). What pygal puts around a drawing for pages of
its own (script, style, fixed ids) is taken out.
"""

import sys
from collections.abc import Mapping, Sequence
from itertools import cycle
from math import ceil
from typing import Any, Final
from unicodedata import east_asian_width

import pygal
from lxml import etree
from markupsafe import Markup
from pygal import PluginImportFixer
from pygal.style import Style

from newsspider.crawl.one_line import one_line

# For its map plugins pygal leaves an import hook of Python 2's kind, over which every later import
# in this process would warn.
sys.meta_path[:] = [hook for hook in sys.meta_path if not isinstance(hook, PluginImportFixer)]

#: Units of the drawing: about the pixels of a phone, so that letters keep their size there.
WIDTH: Final = 420
_ROW: Final = 24
_LABEL: Final = 22
_LETTERS: Final = 13
_TICKS: Final = 5
#: pygal measures labels as if each letter were narrow; a Chinese one takes this much more.
_WIDE: Final = 6
_DROPPED: Final = frozenset({"defs", "desc", "title", "script", "style"})


def bars(title: str, rows: Sequence[tuple[str, int]]) -> Markup:
    """Draw horizontal bars, the first row on top, each with its number."""
    chart = _chart(
        pygal.HorizontalBar,
        height=_ROW * max(len(rows), 1) + 30,
        print_values=True,
        print_values_position="top",
        show_x_labels=False,
        show_x_guides=False,
        spacing=4,
        margin_right=44,
        margin_left=16 + _WIDE * max((_wide(label) for label, _ in rows), default=0),
    )
    # pygal draws the first row at the bottom.
    chart.x_labels = [one_line(label, _LABEL) for label, _ in reversed(rows)]
    chart.add(one_line(title), [value for _, value in reversed(rows)])
    return _drawn(chart, title)


def columns(title: str, labels: Sequence[str], values: Sequence[int], *, every: int = 1) -> Markup:
    """Draw columns side by side; every n-th is named."""
    chart = _chart(pygal.Bar, height=240, spacing=2, **_few_labels(labels, every))
    chart.x_labels = [one_line(label, _LABEL) for label in labels]
    chart.y_labels = ticks(max(values, default=0))
    chart.add(one_line(title), list(values))
    return _drawn(chart, title)


def lines(
    title: str, labels: Sequence[str], series: Mapping[str, Sequence[float | None]], *, every: int
) -> Markup:
    """Draw one line a series over the same points."""
    chart = _chart(
        pygal.Line,
        height=220,
        show_legend=len(series) > 1,
        legend_at_bottom=True,
        dots_size=2.5,
        **_few_labels(labels, every),
    )
    chart.x_labels = [one_line(label, _LABEL) for label in labels]
    chart.y_labels = ticks(max((v or 0 for line in series.values() for v in line), default=0))
    for name, values in series.items():
        chart.add(one_line(name, _LABEL), list(values))
    return _drawn(chart, title)


def ticks(highest: float) -> list[int]:
    """Return at most six whole numbers from 0 to just above `highest`, in steps of 1, 2 or 5."""
    step = 1
    for factor in cycle((2, 2.5, 2)):
        if highest <= step * _TICKS:
            break
        step = int(step * factor)
    return list(range(0, step * (ceil(highest / step) or 1) + 1, step))


def _few_labels(labels: Sequence[str], every: int) -> dict[str, Any]:
    return {
        "show_minor_x_labels": False,
        "x_labels_major": [one_line(label, _LABEL) for label in labels[::every]],
    }


def _chart(kind: Any, **options: Any) -> Any:
    common: dict[str, Any] = {
        "width": WIDTH,
        "show_legend": False,
        "margin": 6,
        "style": Style(
            label_font_size=_LETTERS,
            major_label_font_size=_LETTERS,
            value_font_size=_LETTERS,
            legend_font_size=_LETTERS,
        ),
        "js": (),
        "css": (),
        "truncate_label": -1,
        "no_data_text": "nothing",
        "show_y_guides": True,
        "include_x_axis": True,
        "value_formatter": lambda value: f"{value:,.0f}",
    }
    return kind(**{**common, **options})


def _drawn(chart: Any, title: str) -> Markup:
    tree = chart.render_tree()
    for node in list(tree.iter()):
        if node.getparent() is not None and _is_dropped(node):
            node.getparent().remove(node)
        else:
            node.attrib.pop("id", None)  # the same in each chart of a page
    tree.set("class", "chart horizontal" if isinstance(chart, pygal.HorizontalBar) else "chart")
    tree.set("role", "img")
    tree.set("aria-label", one_line(title))
    # Serialised by lxml: text that came from a page is escaped.
    return Markup(etree.tostring(tree, encoding="unicode"))  # noqa: S704


def _is_dropped(node: Any) -> bool:
    if not isinstance(node.tag, str):  # a comment
        return True
    return etree.QName(node).localname in _DROPPED or "tooltip-overlay" in node.get("class", "")


def _wide(label: str) -> int:
    return sum(east_asian_width(character) in "WF" for character in label[:_LABEL])
