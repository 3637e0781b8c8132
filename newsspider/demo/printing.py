"""What sites do to a story before it is printed: sign it, copy it, correct it, split it in pages."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from newsspider.demo.article import Copied
from newsspider.demo.story import Story

_SNIPPET: Final = 64
_NOTE: Final = (
    "编者按：一件小事，几地在办。本网今日转载这篇报道，看看同题作答各有什么巧思，也请读者留言说说身边的变化。"
)


def signed(story: Story, byline: str) -> Story:
    """Return the story with its reporters named inside the text, where the layout does so."""
    first, *rest = story.paragraphs
    names = " ".join(story.reporters)
    if byline == "lead":
        return replace(story, paragraphs=(f"本报讯（记者 {names}）{first}", *rest))
    if byline == "tail":
        *rest, last = story.paragraphs
        return replace(story, paragraphs=(*rest, f"{last}(记者 {names})"))
    return story


def authors(story: Story, byline: str) -> tuple[str, ...]:
    """Return the reporters that a page with this story names: in its header or inside the text."""
    inside = any(f"记者 {story.reporters[0]}" in text for text in story.paragraphs)
    return story.reporters if inside or byline == "header" else ()


def copied(story: Story, how: Copied) -> Story:
    """Return the story as another site reprints it."""
    if how == "headline":
        return replace(story, title=f"关注｜{story.title.replace(' ', '，')}，背后有何门道？")
    if how == "shortened":
        return replace(story, paragraphs=(*story.paragraphs[:2], *story.paragraphs[3:]))
    if how == "editors_note":
        return replace(story, paragraphs=(_NOTE, *story.paragraphs))
    return story


def corrected(story: Story) -> Story:
    """Return the story after its correction: a sentence more, and a line that says so."""
    first, second, *rest = story.paragraphs
    return replace(
        story,
        paragraphs=(
            first,
            f"{second}经主管部门复核，此前公布的数量有误，应以本次更新为准。",
            *rest,
        ),
    )


def paged(paragraphs: tuple[str, ...], pages: int) -> tuple[tuple[str, ...], ...]:
    """Split the paragraphs over this many pages."""
    bounds = [place * len(paragraphs) // pages for place in range(pages + 1)]
    return tuple(paragraphs[start:end] for start, end in pairwise(bounds))


def snippet(story: Story) -> str:
    """Return the beginning of the text, as lists print it."""
    return story.paragraphs[0][:_SNIPPET]
