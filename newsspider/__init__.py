"""newsspider: collect and archive China's regional news as deduplicated JSONL."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("newsspider")
except PackageNotFoundError:  # run from a checkout that was not installed
    __version__ = "0.0.0"
