"""Score an index of reprints: recall by edit, and what it merges that is no reprint.

The index is filled with articles, then asked for edited copies of them (it must name the article)
and, before each is added, for texts that are new (it must name none).
"""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from reprint_edits import edits
from reprint_notices import FAMILIES

_ARTICLES: Final = Path(__file__).with_name("articles.txt")
#: Notices of each family.
NOTICES: Final = 20


class Named(Protocol):
    """What an index answers."""

    @property
    def id(self) -> str:
        """The article that was found."""


class Index(Protocol):
    """The part of an index that is scored."""

    def find(self, body: str) -> Named | None:
        """Return the article that holds this text."""

    def add(self, article: str, body: str) -> None:
        """Index a text."""


@dataclass(frozen=True, slots=True)
class Seed:
    """An article to make reprints of; articles of one event are reports by different people."""

    event: str
    id: str
    paragraphs: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """Counts of found and asked reprints by edit, of merged and asked new texts by kind."""

    found: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    merged: dict[str, int] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the reprints that were found with their article."""
        return sum(self.found.values()) / sum(self.asked.values())

    @property
    def precision(self) -> float:
        """Share of right answers among all answers."""
        right = sum(self.found.values())
        return right / (right + sum(self.merged.values()))

    def reprint(self, edit: str, article: str, body: str, answer: Named | None) -> None:
        """Count an edited copy of `article`."""
        right = answer is not None and answer.id == article
        self.asked[edit] = self.asked.get(edit, 0) + 1
        self.found[edit] = self.found.get(edit, 0) + right
        if answer is not None and not right:
            self.merged["another article"] = self.merged.get("another article", 0) + 1
        if not right:
            self.wrong.append((edit, body))

    def fresh(self, kind: str, body: str, answer: Named | None) -> None:
        """Count a text that is no reprint."""
        self.new[kind] = self.new.get(kind, 0) + 1
        self.merged[kind] = self.merged.get(kind, 0) + (answer is not None)
        if answer is not None:
            self.wrong.append((kind, body))

    def table(self) -> str:
        """Return the score as text."""
        lines = ["edit                  found  asked  recall"]
        lines += [
            f"{edit:20} {self.found[edit]:6} {n:6}  {self.found[edit] / n:.3f}"
            for edit, n in self.asked.items()
        ]
        lines += ["", "no reprint           merged  asked"]
        lines += [f"{kind:20} {self.merged.get(kind, 0):6} {n:6}" for kind, n in self.new.items()]
        lines += ["", f"recall {self.recall:.4f}  precision {self.precision:.4f}"]
        return "\n".join(lines)


def name(text: str) -> str:
    """Make an article id of a text."""
    return sha256(text.encode()).hexdigest()[:32]


def own_articles() -> list[Seed]:
    """Read the articles that were written for this set."""
    seeds = []
    for block in _ARTICLES.read_text(encoding="utf-8").split("# ")[1:]:
        event, _headline, *paragraphs = (line for line in block.split("\n") if line.strip())
        seeds.append(Seed(event, name(block), tuple(paragraphs)))
    return seeds


def saved_articles(folder: Path) -> list[Seed]:
    """Read labelled bodies of real pages (`<page>/gold.json`), one of each body."""
    seeds: dict[str, Seed] = {}
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["kind"] == "article" and gold["gold"]["body"]:
            body = tuple(p.replace("\n", " ") for p in gold["gold"]["body"])
            seeds.setdefault("".join(body), Seed(path.parent.name, name(path.parent.name), body))
    return list(seeds.values())


def notices(families: Iterable[str], count: int = NOTICES) -> list[tuple[str, str]]:
    """Make notices: (family, text)."""
    return [
        (family, FAMILIES[family](random.Random(f"{family}-{i}")))
        for i in range(count)
        for family in families
    ]


_FOOTER: Final = (
    "凡本网注明来源为本网的所有文字、图片和音视频稿件，版权均属本网所有，任何媒体、网站或个人未经授权不得转载、链接、转贴或以其他方式复制发表。"
    "已经授权的媒体、网站，在使用时必须注明来源，违者本网将依法追究责任。"
)


def _new_texts(seeds: Sequence[Seed]) -> Iterable[tuple[str, str]]:
    """New texts that share something with a stored one: (kind, text)."""
    for seed, other in zip(seeds, [*seeds[7:], *seeds[:7]], strict=True):
        rng = random.Random(seed.id)
        # the other article's words stand under a third of the text
        middle = sorted(range(len(other.paragraphs)), key=lambda i: len(other.paragraphs[i]))
        quoted = other.paragraphs[middle[len(middle) // 2]]
        own = invented(rng, max(2 * len(quoted), 300))
        if 2 * len(quoted) < sum(map(len, other.paragraphs)):
            text = (*own[: len(own) // 2], quoted, *own[len(own) // 2 :])
            yield "quotes a paragraph", "\n\n".join(text)
        yield "same footer", "\n\n".join((*invented(rng, 200), _FOOTER))


def _digests(briefs: Sequence[str]) -> Iterator[str]:
    """Texts that hold eight stored ones each."""
    for start in range(0, len(briefs) - 8, 8):
        yield "\n\n".join(briefs[start : start + 8])


_CHARS: Final = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)


def invented(rng: random.Random, size: int) -> list[str]:
    """Make paragraphs of characters at random: what shares nothing with anything."""
    paragraphs = []
    while size > 0:
        clauses = ["".join(rng.choices(_CHARS, k=rng.randint(5, 18))) for _ in range(rng.randint(4, 9))]
        paragraphs.append("，".join(clauses) + "。")
        size -= len(paragraphs[-1])
    return paragraphs


def score(index: Index, seeds: Sequence[Seed], families: Iterable[str]) -> Score:
    """Fill the index and ask it."""
    result = Score()
    events: set[str] = set()
    for seed in seeds:
        body = "\n\n".join(seed.paragraphs)
        kind = "same event" if seed.event in events else "unrelated"
        events.add(seed.event)
        result.fresh(kind, body, index.find(body))
        index.add(seed.id, body)
    stored = []
    for family, body in notices(families):
        result.fresh(family, body, index.find(body))
        index.add(name(body), body)
        stored.append(body)
    for body in _digests(stored):
        result.fresh("digest", body, index.find(body))
    for kind, body in _new_texts(seeds):
        result.fresh(kind, body, index.find(body))
        index.add(name(body), body)
    _ask_reprints(index, seeds, stored, result)
    return result


def _ask_reprints(index: Index, seeds: Sequence[Seed], stored: Sequence[str], result: Score) -> None:
    for edit_name, edit in edits().items():
        for seed in seeds:
            rng = random.Random(f"{edit_name}-{seed.id}")
            body = "\n\n".join(edit(rng, seed.paragraphs))
            result.reprint(edit_name, seed.id, body, index.find(body))
    for i, body in enumerate(stored):
        if i % 10 == 0:
            result.reprint("notice, verbatim", name(body), body, index.find(body))
