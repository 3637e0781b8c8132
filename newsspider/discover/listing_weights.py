"""The weights of the listing model: a logistic regression over the features of `link_features`.

Fitted on labelled listings and home pages (each page weighs the same, pages of one publisher less),
L2 = 3. Cross-validated by registrable domain the mean F1 of a page is 0.96, on the pages it was
fitted to 0.97. A positive weight speaks for an article; a link is taken when the sum is above 0.
"""

from typing import Final

BIAS: Final = -4.82

WEIGHTS: Final[dict[str, float]] = {
    "article_word": 1.31,
    "day_beside": 1.58,
    "folder_headlines": 0.45,
    "hash": 0.52,
    "index": -1.05,
    "kin": 0.49,
    "kin_days": 0.95,
    "kin_headlines": 1.58,
    "kin_share": 1.42,
    "list_host": -0.5,
    "list_name": -1.17,
    "media_word": -0.42,
    "menu": -0.89,
    "near_headlines": 0.96,
    "near_kin": 0.72,
    "no_text": -2.24,
    "number_1": -0.96,
    "number_6": 0.76,
    "number_8": 0.55,
    "punctuation": 0.68,
    "query": -0.53,
    "service": -0.45,
    "text_1": -1.12,
    "text_13": 0.97,
    "text_21": 1.5,
    "text_9": 0.46,
    "url_date": 1.45,
}
