"""From a survey to files: what `scrapy addsite` shows, and what it writes once confirmed."""

import ast
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from newsspider.crawl.inquiry.sample_page import EXPECTED, PAGE, best_of, write_page
from newsspider.crawl.inquiry.samples import Sample
from newsspider.crawl.inquiry.site_file import site_file
from newsspider.crawl.inquiry.surveying import Survey
from newsspider.errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """A site's file and test page before they are written."""

    file: Path
    text: str
    folder: Path | None
    sample: Sample | None
    surveyed_at: str

    @property
    def files(self) -> tuple[Path, ...]:
        """Return what `write` writes."""
        if self.folder is None or self.sample is None:
            return (self.file,)
        return (self.file, self.folder / PAGE, self.folder / EXPECTED)

    def write(self) -> None:
        """Write the test page, then the site's file in one step."""
        if self.folder is not None and self.sample is not None:
            write_page(self.folder, self.sample, fetched_at=self.surveyed_at)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_suffix(".part")
        part.write_text(self.text, encoding="utf-8")
        part.replace(self.file)


def new_site(survey: Survey, *, into: Path, pages: Path | None, surveyed_at: str) -> NewSite:
    """Prepare the files of a surveyed site; ConfigurationError where one is there already."""
    assert survey.profile is not None  # noqa: S101 (the command asks only then)
    name = survey.profile.name
    file = into / f"{name}.py"
    folder = pages / name if pages is not None else None
    for taken in (file, folder / PAGE if folder is not None else file):
        if taken.exists():
            raise ConfigurationError(f"{taken} exists; give another --name, or remove it first")
    whole = sum(sample.is_whole for sample in survey.samples)
    about = f"Surveyed {surveyed_at[:10]}: {whole} of {len(survey.samples)} sample articles were whole."
    text = site_file(survey.profile, about=about, shapes=survey.shapes)
    ast.parse(text)  # what a page says of itself is never code
    return NewSite(
        file=file, text=text, folder=folder, sample=best_of(survey.samples), surveyed_at=surveyed_at
    )


def lists_table(survey: Survey) -> Table:
    """Return a table of the lists that were looked at and which of them were chosen."""
    table = Table(title="lists", title_justify="left")
    for head in ("", "kind", "name", "url", "articles", "new", "newest", "problem"):
        table.add_column(head, overflow="fold")
    for listed in survey.lists:
        cells = (
            "✓" if listed.chosen else "",
            listed.kind,
            listed.title,
            listed.url,
            str(listed.articles),
            str(listed.new),
            listed.newest or "",
            listed.problem or "",
        )
        table.add_row(*(Text(cell) for cell in cells), style="" if listed.chosen else "dim")
    return table
