"""The page of GB/T 9704-2012 in a Word document: margins, grid, fonts by name with fallbacks, the page number."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from ui.documents.paper import Look

PAGE, MARGINS = (210, 297), {"top": 37, "left": 28, "right": 26, "bottom": 35}  # mm; a text area of 156 × 225 mm
TEXT_WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]
LINES, BODY_SIZE = 22, 16.0  # lines of a page; points of 3号
LINE_PITCH = round(225 / 25.4 * 72 * 20 / LINES)  # twentieths of a point
CHARACTER_SPACE = round((156 / 25.4 * 72 / 28 - BODY_SIZE) * 20)  # twentieths of a point that fit 28 into a line
FOOTER_BELOW = 23  # mm from the edge of the paper: the dashes stand 7 mm below the text area
LATIN = "Times New Roman"
TITLE_FONT, BODY_FONT, BLACK_FONT, KAI_FONT, SONG_FONT = "方正小标宋_GBK", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
# what a machine without the fonts of the standard takes in their place; none of them is put into the document
FALLBACKS = {TITLE_FONT: "宋体,SimSun,Noto Serif CJK SC", BODY_FONT: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
             BLACK_FONT: "SimHei,Microsoft YaHei,Noto Sans CJK SC", KAI_FONT: "楷体,KaiTi,STKaiti,Noto Serif CJK SC",
             SONG_FONT: "SimSun,Noto Serif CJK SC"}  # fmt: skip
STYLES: dict[Look, str] = {
    "mark": "No Spacing", "title": "Title", "below title": "Subtitle", "heading": "Heading 1",
    "subheading": "Heading 2", "body": "Normal", "caption": "Caption",
}  # fmt: skip
# of each look: its font, its size in points, whether it stands in the middle, how many characters it is indented
LOOKS: dict[Look, tuple[str, float, bool, int]] = {
    "mark": (BLACK_FONT, BODY_SIZE, False, 0),
    "title": (TITLE_FONT, 22, True, 0),
    "below title": (KAI_FONT, BODY_SIZE, True, 0),
    "heading": (BLACK_FONT, BODY_SIZE, False, 2),
    "subheading": (KAI_FONT, BODY_SIZE, False, 2),
    "body": (BODY_FONT, BODY_SIZE, False, 2),
    "caption": (BODY_FONT, 10.5, True, 0),
}
# what the schema wants behind snapToGrid, of what paragraphs and styles here may have
BEHIND_GRID = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
TABLE_SIZE, NOTE_SIZE, NUMBER_SIZE = 10.5, 9.0, 14.0  # points: 五号, 小五, 四号


def standard_page() -> WordDocument:
    """Return an empty document on the page of the standard."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in PAGE)
    for side, size in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.footer_distance = Mm(FOOTER_BELOW)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = new_element("docGrid")
        section._sectPr.append(grid)
    for name, value in (("type", "lines"), ("linePitch", LINE_PITCH)):
        grid.set(qn(f"w:{name}"), str(value))
    _name_fonts(document)
    for look in LOOKS:
        _set_look(document, look)
    _number_pages(document)
    return document


def new_element(name: str, /, **attributes: object) -> Any:
    """Return an element of WordprocessingML with its attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def leave_grid(properties: Any) -> None:
    """Let the lines of a paragraph or a style stand closer than the grid of the page."""
    properties.insert_element_before(new_element("snapToGrid", val=0), *BEHIND_GRID)


def set_fonts(properties: Any, east_asian: str, points: float) -> None:
    """Give the properties of a run or a style a font for Chinese, one for Latin, and a size."""
    for old in (
        *properties.findall(qn("w:rFonts")),
        *properties.findall(qn("w:sz")),
        *properties.findall(qn("w:szCs")),
    ):
        properties.remove(old)
    properties.insert(0, new_element("rFonts", ascii=LATIN, hAnsi=LATIN, cs=LATIN, eastAsia=east_asian))
    properties.append(new_element("sz", val=round(2 * points)))


def _set_look(document: WordDocument, look: Look) -> None:
    font, points, is_central, indent = LOOKS[look]
    style = document.styles[STYLES[look]]
    assert isinstance(style, ParagraphStyle)
    properties = style.element.get_or_add_rPr()
    for child in list(properties):  # the template's own colours, spacing and bold
        properties.remove(child)
    if points == BODY_SIZE:
        properties.append(new_element("spacing", val=CHARACTER_SPACE))
    set_fonts(properties, font, points)
    old = style.element.find(qn("w:pPr"))
    if old is not None:
        for name in ("pBdr", "numPr", "contextualSpacing"):
            for child in old.findall(qn(f"w:{name}")):
                old.remove(child)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_central else WD_ALIGN_PARAGRAPH.JUSTIFY
    if look == "caption":
        leave_grid(style.element.get_or_add_pPr())
    else:
        shape.line_spacing = Pt(LINE_PITCH / 20 if points <= BODY_SIZE else LINE_PITCH / 20 * 1.25)
    if look == "title":
        shape.space_before = Pt(LINE_PITCH / 20)
    shape.first_line_indent = Pt(points * indent)
    shape.keep_with_next = look in ("heading", "subheading")


def _name_fonts(document: WordDocument) -> None:
    """Write which fonts stand in for those of the standard where a machine has not got these."""
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    part._blob = f'{head}<w:fonts xmlns:w="{main}">{fonts}</w:fonts>'.encode()


def _number_pages(document: WordDocument) -> None:
    """Write “— 1 —” below the text, on odd pages to the right and on even ones to the left, a character inwards."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        setattr(paragraph.paragraph_format, f"{side}_indent", Pt(NUMBER_SIZE))
        paragraph.paragraph_format.first_line_indent = Pt(0)
        for words, field in (("— ", ""), ("1", "PAGE"), (" —", "")):
            run = paragraph.add_run(words)
            set_fonts(run._r.get_or_add_rPr(), SONG_FONT, NUMBER_SIZE)
            if field:
                simple = new_element("fldSimple", instr=field)
                run._r.addprevious(simple)
                simple.append(run._r)
