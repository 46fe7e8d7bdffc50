"""The photos that ledgers name, each with what it shows; one that was never taken in, or is gone, is said."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from duckdb import DuckDBPyConnection as Connection
from markupsafe import Markup

from data.ingest import photo_files
from data.text import Text, join_list, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.markup import NOTHING, element, joined, words
from ui.result_list import Row

SHOWN = 6  # chosen: two rows of a card
BETWEEN = Text(" · ", " · ")
PHOTOS = Text("照片", "Photos")
PICTURE = Text("照片：{caption}", "Photo: {caption}")
FILE_GONE = Text("照片“{name}”的文件不见了，请重新上传", "The file of the photo “{name}” is missing; upload it again")
NOT_TAKEN_IN = Text(
    "台账写了 {count} 张照片，还没有上传：{names}",
    "Photos that the ledgers name and nobody has uploaded yet ({count}): {names}",
)
AND_MORE = Text("{names}等", "{names} and more")
MORE = Text("另有 {count} 张照片没有列出", "{count} more photos are not shown here")


def photo_href(digest: str) -> str:
    """Return the address of a photo that was taken in."""
    return f"api/photos/{digest}.jpg"


def photo_blocks(con: Connection, rows: pd.DataFrame) -> Iterator[Html]:
    """Yield rows of the listing photos under their heading; nothing where there are none."""
    if not rows.empty:
        yield Html(element("h2", words(PHOTOS)) + photo_figures(con, rows))


def photo_figures(con: Connection, rows: pd.DataFrame, shown: int = SHOWN) -> Markup:
    """Return rows of the listing photos as pictures with their captions; what there is beyond is counted.

    Those that nobody has uploaded are named below.
    """
    taken, lacking = rows[rows["digest"].notna()], rows[rows["digest"].isna()]
    made = joined(_figure(con, row) for row in taken.head(shown).astype(object).to_dict("records"))
    told = [MORE.fill(count=len(taken) - shown)] if len(taken) > shown else []
    told += [_lacking_names(lacking["photo"].drop_duplicates(), shown)] if len(lacking) else []
    grid = element("div", made, class_="fl-photos") if made else NOTHING
    return grid + joined(element("p", words(said), class_="fl-caption") for said in told)


def _figure(con: Connection, row: Row) -> Markup:
    """Return one photo with what it shows, or the sentence that says that its file is gone."""
    caption = photo_caption(row)
    said = element("figcaption", words(caption))
    if photo_files.photo_path(con, row["digest"]) is None:
        sentence = element("p", words(FILE_GONE.fill(name=row["photo"])))
        return element("figure", sentence + said, class_="fl-photo fl-lacking")
    picture = Markup('<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">').format(
        photo_href(row["digest"]),
        words(PICTURE.fill(caption=caption)),
        int(row["pixel_width"]),
        int(row["pixel_height"]),
    )
    opened = element("a", picture, href=photo_href(row["digest"]), target="_blank")
    return element("figure", opened + said, class_="fl-photo")


def _lacking_names(names: pd.Series, shown: int) -> Text:
    """Say which photos were named and not uploaded, the first of them by name."""
    listed = join_list(untranslated(str(name)) for name in names.head(shown))
    named = AND_MORE.fill(names=listed) if len(names) > shown else listed
    return NOT_TAKEN_IN.fill(count=len(names), names=named)


def photo_caption(row: Row) -> Text:
    """Return what a photo shows: before or after which work, or which issue at which step, and the day."""
    shows = [untranslated(row["work"])] if not formats.is_missing(row["work"]) else []
    shows += [WORDS[row[name]] for name in ("problem", "category") if not formats.is_missing(row[name])][:1]
    return join_texts([WORDS[row["stage"]], *shows, untranslated(formats.format_date(row["day"]))], BETWEEN)
