"""A paper as it is read on a page before it is taken away: the same words, tables, pictures and notes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from data.text import Text
from ui.blocks import Html
from ui.documents.paper import Look, Note, Paper, PaperTable, Paragraph, Part, Picture, Sentence, notes_of
from ui.markup import NOTHING, element, joined, link, words
from ui.menu import page_href

PICTURES = Text("图在文档里，点开看", "The pictures of the document")
NOTES = Text("注（{count} 条）", "Notes ({count})")
HISTORY = "ledgers/history.py"
TAGS: dict[Look, str] = {"heading": "h2", "subheading": "h3"}


def paper_preview(paper: Paper) -> Html:
    """Return a paper as a sheet of its own, its notes at the end, each a link to its newest batch."""
    notes = notes_of(paper)
    parts = joined(
        element("details", element("summary", words(PICTURES)) + run) if is_picture else run
        for is_picture, run in _runs_of_parts(paper, notes)
    )
    return Html(element("article", parts + (_notes_markup(notes) if notes else NOTHING), class_="fl-document"))


def _runs_of_parts(paper: Paper, notes: list[Note]) -> Iterator[tuple[bool, Markup]]:
    """Yield the parts, those that follow upon each other together: pictures with their captions are folded."""
    marked: list[tuple[bool, Part]] = []
    for part in paper.parts:
        was_picture = bool(marked) and marked[-1][0]
        is_caption = isinstance(part, Paragraph) and part.look == "caption"
        marked.append((isinstance(part, Picture) or (was_picture and is_caption), part))
    for is_picture, run in groupby(marked, key=lambda each: each[0]):
        yield is_picture, joined(_part_markup(part, notes) for _, part in run)


def _notes_markup(notes: list[Note]) -> Markup:
    """Return the notes, folded: each is read at its figure too."""
    listed = element("ol", joined(element("li", _note_link(note)) for note in notes))
    return element("details", element("summary", words(NOTES.fill(count=len(notes)))) + listed, class_="fl-notes")


def _part_markup(part: Part, notes: list[Note]) -> Markup:
    match part:
        case Paragraph():
            said = joined(_sentence_markup(sentence, notes) for sentence in part.sentences)
            return element(TAGS.get(part.look, "p"), said, class_=f"fl-document-{part.look.replace(' ', '-')}")
        case PaperTable():
            return _table_markup(part, notes)
        case Picture():
            return _picture_markup(part)


def _sentence_markup(sentence: Sentence, notes: list[Note]) -> Markup:
    said = words(sentence.said)
    if sentence.note is None:
        return said
    number = str(notes.index(sentence.note) + 1)
    return said + element("sup", link(f"[{number}]", _batch_href(sentence.note), title=words(sentence.note.said)))


def _batch_href(note: Note) -> str:
    return page_href(HISTORY, batch=note.batch)


def _note_link(note: Note) -> Markup:
    return link(words(note.said), _batch_href(note))


def _table_markup(table: PaperTable, notes: list[Note]) -> Markup:
    head = element("tr", joined(element("th", words(heading), scope="col") for heading in table.headings))
    rows = joined(
        element("tr", joined(
            element("td", _sentence_markup(cell, notes), class_="fl-number" if place in table.figures else None)
            for place, cell in enumerate(row)
        ))
        for row in table.rows
    )  # fmt: skip
    made = element("table", element("thead", head) + element("tbody", rows), class_="fl-document-table")
    return element("div", made, class_="fl-scroll")


def _picture_markup(picture: Picture) -> Markup:
    source = "data:image/svg+xml;charset=utf-8," + quote(picture.svg)
    made = Markup('<img class="fl-drawing" src="{}" alt="{}">')
    return made.format(source, words(picture.said))
