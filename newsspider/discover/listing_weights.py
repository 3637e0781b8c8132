"""The weights of the listing model: a logistic regression over the features of `link_features`.

Fitted by tests/benchmarks/fit_listing.py on 44 labelled listings and home pages (each page weighs the
same, pages of one publisher less) and, with less weight, on variants of them: headlines cut short, dates
taken away, addresses that name nothing but a number, only eight items. Held out by registrable domain,
the mean F1 of a page is 0.95, on the pages that it was fitted to 0.96, on held-out variants 0.84 to 0.97.
A positive weight speaks for an article; a link is taken when the sum is above 0.
"""

from typing import Final

BIAS: Final = -3.38

WEIGHTS: Final[dict[str, float]] = {
    "article_word": 1.29,
    "day_beside": 0.76,
    "folder_headlines": -0.63,
    "hash": 0.59,
    "index": -2.4,
    "kin": 1.23,
    "kin_days": 1.25,
    "kin_headlines": 0.28,
    "kin_names": -1.2,
    "kin_phrases": 1.99,
    "kin_share": 2.51,
    "list_host": -1.06,
    "list_name": -1.22,
    "media_word": -0.59,
    "menu": -1.11,
    "near_kin": 0.85,
    "no_text": -3.45,
    "number_1": -1.34,
    "number_6": 0.44,
    "number_8": 0.35,
    "punctuation": 0.45,
    "query_number": 0.9,
    "service": -1.04,
    "text_1": -0.84,
    "text_13": 0.13,
    "text_21": 0.91,
    "url_date": 1.23,
}
