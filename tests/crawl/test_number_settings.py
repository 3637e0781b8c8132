"""Numbers that are none are refused by name before anything is fetched."""

import pytest
from scrapy.settings import Settings

from newsspider.crawl.number_settings import FRACTIONS, WHOLE, check_numbers
from newsspider.crawl.own_settings import OWN_SETTINGS
from newsspider.errors import ConfigurationError


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FIRST_RUN_DAYS", "abc"),
        ("FIRST_RUN_DAYS", "0.5"),
        ("DOWNLOAD_DELAY", "2s"),
        ("DOWNLOAD_DELAY", "-1"),
        ("DOWNLOAD_DELAY", "nan"),
        ("CLOSESPIDER_TIMEOUT", ""),
        ("RETRY_TIMES", [3]),
    ],
)
def test_a_wrong_number_is_named(name, value):
    with pytest.raises(ConfigurationError, match=name):
        check_numbers(Settings({**OWN_SETTINGS, name: value}))


@pytest.mark.parametrize(("name", "value"), [("DOWNLOAD_DELAY", "0.05"), ("FIRST_RUN_DAYS", "30")])
def test_a_number_given_as_text_is_taken(name, value):
    check_numbers(Settings({**OWN_SETTINGS, name: value}))


def test_every_number_of_ours_is_checked():
    unchecked = {"ARCHIVE_FILE_BYTES", "DOWNLOAD_DELAY_JITTER", "DOWNLOAD_WARNSIZE", "NOTIFY_MAIL_PORT"}
    numbers = {name for name, value in OWN_SETTINGS.items() if type(value) in {int, float}}
    assert numbers - {*WHOLE, *FRACTIONS} <= unchecked | {"STORE_BATCH_VISITS"}
