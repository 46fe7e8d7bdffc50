"""A paper as words, tables and pictures, before it is written as a document or shown as a preview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from data.text import Text

PAPER_BYTES = 100_000  # chosen: about what the words of a briefing take
Look = Literal["mark", "title", "below title", "heading", "subheading", "body", "caption"]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: which batches a figure comes from, and the newest of them."""

    said: Text
    batch: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a paper, with the footnote that stands behind them."""

    said: Text
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that run on in one look."""

    look: Look
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table with its headings, the widths of its columns in millimetres, and which columns hold figures."""

    headings: tuple[Text, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    widths: tuple[float, ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in a single theme, with a sentence for those who cannot see it, so many millimetres wide."""

    svg: str
    said: Text
    width: float


Part: TypeAlias = Paragraph | PaperTable | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its parts in their order, and the title under which it is filed."""

    title: Text
    parts: tuple[Part, ...]

    @property
    def memory_size(self) -> int:
        """About how many bytes it takes: its drawings are most of it."""
        return PAPER_BYTES + sum(len(part.svg) for part in self.parts if isinstance(part, Picture))


def plain_paragraph(look: Look, said: Text) -> Paragraph:
    """Return a paragraph of one sentence."""
    return Paragraph(look, (Sentence(said),))


def notes_of(paper: Paper) -> list[Note]:
    """Return the footnotes of a paper in their order, each once: what is said twice is one note."""
    return list(dict.fromkeys(s.note for s in _all_sentences(paper) if s.note is not None))


def _all_sentences(paper: Paper) -> Iterator[Sentence]:
    for part in paper.parts:
        if isinstance(part, Paragraph):
            yield from part.sentences
        elif isinstance(part, PaperTable):
            for row in part.rows:
                yield from row
