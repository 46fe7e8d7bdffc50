"""The photos that ledgers name, each with what it shows; one that was never taken in, or is gone, is said."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection as Connection
from markupsafe import Markup

from data.ingest import photo_files
from data.text import Text, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.markup import NOTHING, element, joined, words
from ui.result_list import Row

SHOWN = 6  # chosen: two rows of a card
BETWEEN = Text(" · ", " · ")
PICTURE = Text("照片：{caption}", "Photo: {caption}")
NOT_TAKEN_IN = Text(
    "台账写了照片“{name}”，还没有上传", "The ledger names the photo “{name}”, which was not uploaded yet"
)
FILE_GONE = Text("照片“{name}”的文件不见了，请重新上传", "The file of the photo “{name}” is missing; upload it again")
MORE = Text("另有 {count} 张照片没有列出", "{count} more photos are not shown here")


def photo_href(digest: str) -> str:
    """Return the address of a photo that was taken in."""
    return f"api/photos/{digest}.jpg"


def photo_figures(con: Connection, rows: pd.DataFrame, shown: int = SHOWN) -> Markup:
    """Return rows of the listing photos as pictures with their captions, those that can be seen first.

    Nothing where there are no rows; what is not shown of them is counted.
    """
    if rows.empty:
        return NOTHING
    listed = rows.assign(is_lacking=rows["digest"].isna()).sort_values("is_lacking", kind="stable").astype(object)
    made = (_figure(con, row) for row in listed.head(shown).to_dict("records"))
    rest = len(rows) - shown
    more = element("p", words(MORE.fill(count=rest)), class_="fl-caption") if rest > 0 else NOTHING
    return element("div", joined(made), class_="fl-photos") + more


def _figure(con: Connection, row: Row) -> Markup:
    """Return one photo with what it shows, or the sentence that says why there is none."""
    caption = photo_caption(row)
    said = element("figcaption", words(caption))
    if formats.is_missing(row["digest"]):
        return _lacking(NOT_TAKEN_IN, row, said)
    if photo_files.photo_path(con, row["digest"]) is None:
        return _lacking(FILE_GONE, row, said)
    picture = Markup('<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">').format(
        photo_href(row["digest"]),
        words(PICTURE.fill(caption=caption)),
        int(row["pixel_width"]),
        int(row["pixel_height"]),
    )
    opened = element("a", picture, href=photo_href(row["digest"]), target="_blank")
    return element("figure", opened + said, class_="fl-photo")


def _lacking(why: Text, row: Row, said: Markup) -> Markup:
    sentence = element("p", words(why.fill(name=row["photo"])))
    return element("figure", sentence + said, class_="fl-photo fl-lacking")


def photo_caption(row: Row) -> Text:
    """Return what a photo shows: before or after which work, or which issue at which step, and the day."""
    shows = [untranslated(row["work"])] if not formats.is_missing(row["work"]) else []
    shows += [WORDS[row[name]] for name in ("problem", "category") if not formats.is_missing(row[name])][:1]
    return join_texts([WORDS[row["stage"]], *shows, untranslated(formats.format_date(row["day"]))], BETWEEN)
