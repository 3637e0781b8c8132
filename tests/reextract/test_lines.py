"""Output lines are those of the store."""

import pytest

from newsspider.items import Flag
from newsspider.reextract.lines import line_of
from newsspider.store.lines import encode


@pytest.mark.parametrize(
    "value",
    [
        {"a": '新闻\u2028第\u2029二\u0085行\n"引"\t\\u2028', "b": None, "c": [1, 0.25, True]},
        Flag(field="body", reason="short"),
        {"url": "http://a.cn/?a=1&b=</script>"},
    ],
)
def test_lines_are_those_of_the_store(value):
    assert line_of(value) == encode(value)
    assert len(line_of(value).decode().splitlines()) == 1
