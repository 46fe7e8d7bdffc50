"""The one form in which codes are kept, and the looser one in which codes that may be mistaken for each other agree."""

from __future__ import annotations

from data.ingest.reading.records import BLANKS
from data.ingest.values.spelling import FULL_WIDTH, bare_cell
from data.schema import quote_ident, quote_literal

HALF_WIDTH = str.maketrans(FULL_WIDTH)
DASHES = dict.fromkeys("–—―−‐‑﹣ー─~～·", "-")
BRACKETS = dict.fromkeys("【〔［", "(") | dict.fromkeys("】〕］", ")")
GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
CYRILLIC = dict(zip("АВЕКМНОРСТУХ", "ABEKMHOPCTYX", strict=True))
FOREIGN_SIGNS = FULL_WIDTH | DASHES | BRACKETS | GREEK | CYRILLIC
PLAIN_SIGNS = {"_": "-", "[": "(", "{": "(", "]": ")", "}": ")", "O": "0"}
LIST_SEPARATORS = r"[、,，;；\s\x{A0}\x{3000}]+"  # DuckDB's \s is ASCII
JOINING_DASH = r"([A-Z])-([0-9])"  # BH-001 and BH001; 1-11 and 11-1 are two rooms


def code_form(cell: str) -> str:
    """Return a bare code with the letters, figures and signs of a Western keyboard: （镇） and (镇) are one."""
    return bare_cell(cell).translate(HALF_WIDTH)


def code_form_sql(cell: str) -> str:
    """Return the SQL of a bare cell in that form."""
    return _translate_sql(cell, FULL_WIDTH)


def listed_codes_sql(column: str) -> str:
    """Return the SQL of the codes that a cell lists; between them stands any of 、 ， ； or a blank."""
    parts = f"string_split_regex({code_form_sql(quote_ident(column))}, '{LIST_SEPARATORS}')"
    return f"list_distinct(list_filter({parts}, lambda code: code <> ''))"


def similar_code_sql(code: str) -> str:
    """Return the SQL of what codes have in common that differ in case, blanks, dashes or letters of one look.

    Most codes are ASCII, and spared the long list of signs: DuckDB goes through it for every row.
    """
    western = _translate_sql(f"upper({code})", FOREIGN_SIGNS, BLANKS)
    plain = f"CASE WHEN strlen({code}) = length({code}) THEN upper({code}) ELSE {western} END"
    return f"regexp_replace({_translate_sql(plain, PLAIN_SIGNS, BLANKS)}, '{JOINING_DASH}', '\\1\\2', 'g')"


def _translate_sql(cell: str, signs: dict[str, str], left_out: str = "") -> str:
    written = quote_literal("".join(signs) + left_out)
    return f"translate({cell}, {written}, {quote_literal(''.join(signs.values()))})"
