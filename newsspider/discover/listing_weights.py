"""The weights of the listing model: a logistic regression over the features of `link_features`.

Fitted on labelled listings and home pages (each page weighs the same, pages of one publisher less) and,
with a seventh of the weight, on variants of them: headlines cut short, dates taken away, addresses that
name nothing but a number, lists of eight. L2 = 3. Cross-validated by registrable domain the mean F1 of
a page is 0.95, on the pages it was fitted to 0.97, on the variants 0.80 to 0.96. A positive weight speaks
for an article; a link is taken when the sum is above 0.
"""

from typing import Final

BIAS: Final = -3.22

WEIGHTS: Final[dict[str, float]] = {
    "article_word": 1.35,
    "day_beside": 1.41,
    "folder_headlines": -0.72,
    "hash": 0.64,
    "index": -2.18,
    "kin": 1.24,
    "kin_days": 0.56,
    "kin_headlines": 0.39,
    "kin_names": -0.99,
    "kin_phrases": 1.83,
    "kin_share": 2.66,
    "list_host": -1.12,
    "list_name": -1.19,
    "media_word": -0.69,
    "menu": -1.34,
    "near_kin": 0.95,
    "no_text": -3.79,
    "number_1": -1.42,
    "number_6": 0.33,
    "number_8": 0.56,
    "punctuation": 0.3,
    "query_number": 0.87,
    "service": -1.07,
    "text_1": -1.19,
    "text_13": 0.44,
    "text_21": 1.17,
    "url_date": 1.23,
}
