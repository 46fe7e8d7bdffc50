"""The one form in which codes are kept, and the looser one in which codes that may be mistaken for each other agree."""

from __future__ import annotations

from data.ingest.reading.records import BLANKS
from data.ingest.values.spelling import FULL_WIDTH, bare_cell
from data.schema import quote_literal

HALF_WIDTH = str.maketrans(FULL_WIDTH)
DASHES = dict.fromkeys("_–—―−‐‑﹣ー─~～·", "-")
BRACKETS = dict.fromkeys("[【〔［{", "(") | dict.fromkeys("]】〕］}", ")")
GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
CYRILLIC = dict(zip("АВЕКМНОРСТУХ", "ABEKMHOPCTYX", strict=True))
FOREIGN = {sign: letter.replace("O", "0") for sign, letter in (GREEK | CYRILLIC).items()}
LOOK_ALIKE = FULL_WIDTH | DASHES | BRACKETS | FOREIGN | {"O": "0"}
JOINING_DASH = r"([A-Z])-([0-9])"  # BH-001 and BH001; 1-11 and 11-1 are two rooms


def code_form(cell: str) -> str:
    """Return a bare code with the letters, figures and signs of a Western keyboard: （镇） and (镇) are one."""
    return bare_cell(cell).translate(HALF_WIDTH)


def code_form_sql(cell: str) -> str:
    """Return the SQL of a bare cell in that form."""
    return _translate_sql(cell, FULL_WIDTH)


def similar_code_sql(code: str) -> str:
    """Return the SQL of what codes have in common that differ in case, blanks, dashes or letters of one look."""
    plain = _translate_sql(f"upper(translate({code}, {quote_literal(BLANKS)}, ''))", LOOK_ALIKE)
    return f"regexp_replace({plain}, {quote_literal(JOINING_DASH)}, '\\1\\2', 'g')"


def _translate_sql(cell: str, signs: dict[str, str]) -> str:
    return f"translate({cell}, {quote_literal(''.join(signs))}, {quote_literal(''.join(signs.values()))})"
