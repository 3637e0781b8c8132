"""The weights of the listing model: a logistic regression over the features of `link_features`.

Fitted by tests/benchmarks/fit_listing.py on 44 labelled listings and home pages (each page weighs the
same, pages of one publisher less) and, with less weight, on variants of them: headlines cut short, dates
taken away, addresses that name nothing but a number, only eight items. Held out by registrable domain,
the mean F1 of a page is 0.96, on the pages that it was fitted to 0.97, on held-out variants 0.81 to 0.97.
A positive weight speaks for an article; a link is taken when the sum is above 0.
"""

from typing import Final

BIAS: Final = -3.31

WEIGHTS: Final[dict[str, float]] = {
    "article_word": 1.46,
    "day_beside": 1.49,
    "folder_headlines": -0.62,
    "hash": 0.55,
    "index": -2.09,
    "kin": 1.09,
    "kin_days": 0.62,
    "kin_headlines": 0.36,
    "kin_names": -0.99,
    "kin_phrases": 1.8,
    "kin_share": 2.59,
    "list_host": -1.06,
    "list_name": -1.32,
    "media_word": -0.67,
    "menu": -1.31,
    "near_kin": 1.03,
    "no_text": -3.74,
    "number_1": -1.5,
    "number_6": 0.36,
    "number_8": 0.49,
    "punctuation": 0.31,
    "query_number": 0.9,
    "service": -1.04,
    "text_1": -1.17,
    "text_13": 0.47,
    "text_21": 1.17,
    "url_date": 1.3,
}
