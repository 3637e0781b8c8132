"""Fits the weights of the listing model and cross-validates them by registrable domain.

    python tests/benchmarks/fit_listing.py CORPUS [--write]

CORPUS holds pages/<id>/page.html(.gz) and gold.json ({"kind": "list", "url", "items": [{"url"}]}). Each
page is learnt from as it is and, with a smaller weight, in six variants that teach the model to do with
less: headlines cut short, no dates, addresses that name nothing but a number, only eight items.
Needs numpy. Without --write it prints the weights; with it, it replaces newsspider/discover/listing_weights.py's
numbers (the docstring there says what they were measured at: keep it true).
"""

import argparse
import gzip
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import numpy as np

from newsspider.discover import listing_weights
from newsspider.discover.link_features import candidates
from newsspider.page.document import Page
from newsspider.page.urls import absolute, registrable

RIDGE = 3.0
VARIANTS_WEIGHT = 0.15
#: headlines cut short, addresses weakened, dates taken away, items left
VARIANTS = [
    (True, False, False, None),
    (True, False, True, None),
    (False, True, False, None),
    (False, True, True, None),
    (True, True, False, None),
    (False, False, True, 8),
]
WEAK = [
    "/news/show/{n}", "/xwzx/yw/{n}.html", "/index.php?m=content&c=index&a=show&catid=12&id={n}", "/NewsDetail.aspx?ID={n}",
    "/p/{x}.html", "/a/{x}", "/info/10{c}/{n}.htm", "/news/{n}/", "/view.php?aid={n}", "/?p={n}", "/html/{c}/{n}.shtml",
    "/news_{c}_{n}.html", "/art/2023/3/29/art_{c}_{n}.html", "/c/2023-03-29/{n}.shtml",
]  # fmt: skip
DATES = ("day_beside", "kin_days")


@dataclass
class Sample:
    """A listing: features of its links, which of them are items, and the same for its variants."""

    site: str
    features: np.ndarray
    labels: np.ndarray
    keys: list[str]
    wanted: set[str]
    variants: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)


def key(url: str | None, base: str | None) -> str:
    """Return what two spellings of a link have in common: no scheme, no fragment."""
    parts = urlsplit(urljoin(base or "", (url or "").strip()))
    return f"{parts.netloc.lower()}{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def matrix(page: Page, wanted: set[str], names: list[str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return features, labels and keys of a page's links."""
    found = candidates(page)
    keys = [key(one.url, page.url) for one in found]
    rows = np.array([[one.features.get(name, 0.0) for name in names] for one in found]).reshape(
        -1, len(names)
    )
    return rows, np.array([one in wanted for one in keys], float), keys


def variant(
    page: Page, wanted: set[str], names: list[str], how: tuple, chance: random.Random
) -> tuple[np.ndarray, np.ndarray]:
    """Return features and labels of a page made poorer."""
    short, weak, dateless, left = how
    outline, host, channel, pattern = (
        page.outline,
        urlsplit(page.url or "//e.cn").netloc,
        chance.randint(1, 9),
        chance.choice(WEAK),
    )
    kept = set(chance.sample(sorted(wanted), min(left, len(wanted)))) if left else wanted
    places = [key(absolute(page.base_url, link.href), page.url) for link in outline.links]
    pairs = [
        (link, place)
        for link, place in zip(outline.links, places, strict=True)
        if place in kept or place not in wanted
    ]
    outline.links[:] = [link for link, _ in pairs]
    renamed: dict[str, str] = {}
    for index, (link, place) in enumerate(pairs):
        link.index = index
        if place not in kept:
            continue
        if short and len(link.text) > 8:
            link.text = link.text[: chance.randint(5, 9)]
        if weak:
            code = "".join(chance.choice("abcdef0123456789") for _ in range(11))
            number = chance.randint(100, 99_999)
            link.href = renamed.setdefault(
                place, f"http://{host}" + pattern.format(n=number, c=channel, x=code)
            )
    wanted = {key(url, page.url) for url in renamed.values()} if weak else kept
    rows, labels, _ = matrix(page, wanted, names)
    if dateless:
        rows[:, [names.index(name) for name in DATES]] = 0
    return rows, labels


def load(corpus: Path, names: list[str]) -> list[Sample]:
    """Read the listings of a corpus, with their variants."""
    chance, samples = random.Random(5), []
    for file in sorted(corpus.glob("pages/*/gold.json")):
        gold = json.loads(file.read_text("utf-8"))
        if gold["kind"] != "list":
            continue
        source = file.with_name("page.html.gz")
        body = (
            gzip.decompress(source.read_bytes())
            if source.exists()
            else file.with_name("page.html").read_bytes()
        )
        url = gold.get("url")
        wanted = {key(item["url"], url) for item in gold["items"]}
        site = registrable(urlsplit(url).hostname or "") if url else gold["id"]
        sample = Sample(site, *matrix(Page.from_bytes(body, url=url), wanted, names), wanted)
        sample.variants = [
            variant(Page.from_bytes(body, url=url), wanted, names, how, chance) for how in VARIANTS
        ]
        samples.append(sample)
    return samples


def fit(samples: list[Sample]) -> np.ndarray:
    """Return the weights, the bias last: Newton's method on the ridge-penalised log-likelihood."""
    shares = {site: sum(one.site == site for one in samples) ** 0.5 for site in {one.site for one in samples}}
    rows, labels, weights = [], [], []
    for one in samples:
        for number, (some, truth) in enumerate([(one.features, one.labels), *one.variants]):
            rows.append(np.hstack([some, np.ones((len(some), 1))]))
            labels.append(truth)
            weights.append(
                np.full(len(truth), (VARIANTS_WEIGHT if number else 1) * 60 / len(truth) / shares[one.site])
            )
    x, y, w = np.vstack(rows), np.concatenate(labels), np.concatenate(weights)
    penalty = np.eye(x.shape[1]) * RIDGE
    penalty[-1, -1] = 1e-6
    beta = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ beta))
        step = np.linalg.solve(
            (x * (w * p * (1 - p))[:, None]).T @ x + penalty, x.T @ (w * (p - y)) + penalty @ beta
        )
        beta -= step
        if abs(step).max() < 1e-5:
            break
    return beta


def f1(sample: Sample, beta: np.ndarray) -> float:
    """Return the F1 of a page: its items by key."""
    taken = sample.features @ beta[:-1] + beta[-1] > 0
    got = {one for one, yes in zip(sample.keys, taken, strict=True) if yes}
    return 2 * len(got & sample.wanted) / (len(got) + len(sample.wanted))


def variants_f1(sample: Sample, beta: np.ndarray) -> list[float]:
    """Return the F1 of a page's variants."""
    scores = []
    for rows, labels in sample.variants:
        taken = rows @ beta[:-1] + beta[-1] > 0
        scores.append(2 * (taken * labels).sum() / max(1, taken.sum() + labels.sum()))
    return scores


def main() -> None:
    """Fit, cross-validate, print or write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    names = sorted(listing_weights.WEIGHTS)
    samples = load(options.corpus, names)
    held_out, poorer = [], []
    for site in sorted({one.site for one in samples}):
        beta = fit([one for one in samples if one.site != site])
        for one in samples:
            if one.site == site:
                held_out.append(f1(one, beta))
                poorer.append(variants_f1(one, beta))
    beta = fit(samples)
    print(f"{len(samples)} pages of {len({one.site for one in samples})} domains")
    print(f"F1 held out {np.mean(held_out):.3f}, fitted {np.mean([f1(one, beta) for one in samples]):.3f}")
    print("F1 of the variants, held out:", " ".join(f"{value:.3f}" for value in np.mean(poorer, axis=0)))
    numbers = [f'    "{name}": {round(float(value), 2)},' for name, value in zip(names, beta, strict=False)]
    text = (
        f"BIAS: Final = {round(float(beta[-1]), 2)}\n\nWEIGHTS: Final[dict[str, float]] = {{\n"
        + "\n".join(numbers)
        + "\n}\n"
    )
    if options.write:
        file = Path(listing_weights.__file__)
        file.write_text(
            re.sub(r"BIAS: Final.*", lambda _: text, file.read_text("utf-8"), flags=re.DOTALL), "utf-8"
        )
    else:
        print(text)


if __name__ == "__main__":
    main()
