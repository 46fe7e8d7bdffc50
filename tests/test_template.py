"""Files that leave the house: the form, its example, the export, and that each comes back the same."""

import csv
import io
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data import errors
from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.batch_log import Counts
from data.ingest.forms import template
from data.ingest.loader import Who
from data.ingest.reading import reader
from data.ingest.reading.workbook import Workbook
from data.ingest.sample import sample_files
from data.ingest.table import headers
from data.ingest.values import cells
from data.schema import quote_ident
from data.text import Language

pytestmark = pytest.mark.slow

WHO = Who("测试员")
LANGUAGES = ("zh", "en")
every_ledger = pytest.mark.parametrize("name", DATASETS)
every_sampled_ledger = pytest.mark.parametrize("name", sample_files())
both_languages = pytest.mark.parametrize("language", LANGUAGES)


@cache
def open_form(name: str, language: Language = "zh") -> openpyxl.Workbook:
    """Return the form of a ledger as openpyxl sees it."""
    return openpyxl.load_workbook(io.BytesIO(template.template_workbook(DATASETS[name], language)))


def validation_rules(book: openpyxl.Workbook) -> dict[str, Any]:
    """Return the rule of each column of a form, by its heading."""
    sheet = book.worksheets[0]
    return {
        sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value: rule
        for rule in sheet.data_validations.dataValidation
    }


def drop_down_choices(book: openpyxl.Workbook, rule) -> list[str]:
    """Return what a drop-down offers."""
    [(sheet, cells_of)] = openpyxl.workbook.defined_name.DefinedName(
        "x", attr_text=rule.formula1.lstrip("=")
    ).destinations
    return [cell.value for row in book[sheet][cells_of] for cell in row]


def load_through_loader(store, name: str, file: str, raw: bytes) -> loader.Report:
    return loader.check_file(store, DATASETS[name], reader.make_upload(file, raw))


@both_languages
@every_ledger
def test_a_form_has_the_headings_of_its_ledger(name, language):
    """The first sheet of a form has the headings of the CSV template, all of them known to the loader."""
    raw, dataset = template.template_workbook(DATASETS[name], language), DATASETS[name]
    book = Workbook(raw)
    [header] = [record.cells for record in book.records(book.sheets[0].name)]
    assert [header] == list(csv.reader(io.StringIO(template.template_csv(dataset, language).decode("utf-8-sig"))))
    assert list(headers.match_headings(dataset, header, "form.xlsx").columns) == [c.name for c in dataset.columns]
    assert book.sheets[1:] == (
        ({"zh": "填表说明", "en": "Notes"}[language], False),
        ({"zh": "选项", "en": "Choices"}[language], True),
    )


@every_ledger
@pytest.mark.quick
def test_required_headings_show_a_star_that_is_not_in_the_cell(name):
    """A required heading shows a * by its number format, so that the heading itself stays as it is."""
    sheet, dataset = open_form(name).worksheets[0], DATASETS[name]
    starred = [
        sheet.cell(1, place).value
        for place in range(1, len(dataset.columns) + 1)
        if "*" in sheet.cell(1, place).number_format
    ]
    assert starred == [c.heading.zh for c in dataset.columns if c.required]
    assert sheet.freeze_panes == "A2"


@both_languages
@every_ledger
def test_drop_downs_offer_what_the_loader_accepts(name, language):
    """Every enumeration and flag has a drop-down with its choices in the form's language, and the loader reads each."""
    book, dataset = open_form(name, language), DATASETS[name]
    found = validation_rules(book)
    for column in dataset.columns:
        heading = column.heading.into(language)
        if column.kind == "flag":
            assert [cells.parse_flag(word) for word in drop_down_choices(book, found[heading])] == [True, False]
        if column.choices:
            spelled = {spelling: c.value for c in column.choices for spelling in c.spellings()}
            offered = [cells.parse_choice(word, spelled) for word in drop_down_choices(book, found[heading])]
            assert offered == [c.value for c in column.choices]


@every_ledger
def test_limits_of_the_registry_warn_in_the_form(name):
    """A number with limits has them as a rule that warns; days have those of the loader."""
    found = validation_rules(open_form(name))
    for column in DATASETS[name].columns:
        rule = found.get(column.heading.zh)
        if column.kind in ("integer", "number"):
            limits = [float(x) for x in (rule.formula1, rule.formula2) if x is not None] if rule else []
            assert limits == [x for x in (column.low, column.high) if x is not None]
        if column.kind in ("date", "timestamp"):
            assert (rule.type, rule.operator, rule.errorStyle) == ("date", None, "warning")


@every_ledger
def test_codes_and_words_are_typed_as_text(name):
    """Columns of text are formatted as text, days as days, so that 00123 keeps its zeros and 3-5 does not move."""
    sheet, shown = (
        open_form(name).worksheets[0],
        {"date": "yyyy-mm-dd", "timestamp": "yyyy-mm-dd hh:mm", "integer": "0", "number": "General"},
    )
    formats = [
        sheet.column_dimensions[openpyxl.utils.get_column_letter(n)].number_format
        for n in range(1, len(DATASETS[name].columns) + 1)
    ]
    assert formats == [shown.get(c.kind, "@") for c in DATASETS[name].columns]


@both_languages
@every_ledger
def test_the_notes_explain_every_column(name, language):
    """The second sheet has a row for each column: its label, unit, whether it is required, choices or limits; personal
    columns are marked, parents named."""
    sheet, dataset = open_form(name, language).worksheets[1], DATASETS[name]
    rows = {row[0]: [cell or "" for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]}
    for column in dataset.columns:
        _, kind, unit, required, allowed, meaning, _ = rows[column.label.into(language)]
        assert kind
        assert unit == (column.measure.label.into(language) if column.unit else "")
        assert bool(required) == column.required
        assert all(c.label.into(language) in allowed for c in column.choices)
        assert column.low is None or f"{column.low:g}" in allowed
        assert not column.personal or {"zh": "个人信息", "en": "personal"}[language] in meaning
        assert not column.references or DATASETS[column.references].label.into(language) in meaning


def fill_form(name: str, rows: list[list[Any]]) -> bytes:
    """Return the form of a ledger with rows that a clerk typed, one under the other."""
    book, content = open_form.__wrapped__(name), io.BytesIO()
    for line, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            book.worksheets[0].cell(line, place, value)
    book.save(content)
    return content.getvalue()


@pytest.mark.quick
def test_a_filled_form_loads(store):
    """What a clerk types into the form is what the ledger holds, leading zeros and days included."""
    village = fill_form("village", [["00123", "胡家村", "行政村", 1520, 480], ["00124", "灵山村", "社区", None, None]])
    assert loader.load_file(store, DATASETS["village"], reader.make_upload("村社.xlsx", village), WHO).rejected == 0
    section = fill_form("river", [["R-1", "胡家新河", "街道级", "河流", 1.66, None, None, "Ⅳ", None]])
    loader.load_file(store, DATASETS["river"], reader.make_upload("河道.xlsx", section), WHO)
    with store.read() as con:
        assert con.execute("SELECT village_id, population FROM village ORDER BY ALL").fetchall() == [
            ("00123", 1520),
            ("00124", None),
        ]
        assert con.execute("SELECT river_id, length FROM river").fetchall() == [("R-1", 1.66)]


@pytest.mark.quick
@both_languages
def test_cells_that_name_a_parent_offer_what_is_registered(store, language):
    """The drop-down has each village once, by a name of its own or its code, and warns only; the check takes each."""
    villages = "村社编码,村社名称\nV-1,胡家村\nV-2,=灵山村\nV-3,同名村\nV-4,同名村\n"
    loader.load_file(store, DATASETS["village"], reader.make_upload("村社.csv", villages.encode()), WHO)
    dataset = DATASETS["saving_activity"]
    with store.read() as con:
        book = openpyxl.load_workbook(io.BytesIO(template.template_workbook(dataset, language, con)))
    rule = validation_rules(book)[dataset.column("village_id").heading.into(language)]
    assert (drop_down_choices(book, rule), rule.errorStyle) == (["=灵山村", "V-3", "V-4", "胡家村"], "warning")
    assert book.worksheets[2].sheet_state == "hidden"


@pytest.mark.quick
def test_the_form_tells_the_loader_which_ledger_it_is():
    """A form, even an empty one, is recognised as its own ledger's."""
    for name, dataset in DATASETS.items():
        file = reader.make_upload("form.xlsx", template.template_workbook(dataset))
        assert loader.candidate_ledgers(file)[0].name == name


@pytest.mark.slow
@both_languages
@every_sampled_ledger
def test_the_example_is_three_rows_that_the_loader_knows(sample_store, name, language):
    """The example has the template's headings and three rows of the 示例 ledger: loaded there, nothing changes."""
    raw = template.example_csv(DATASETS[name], language)
    assert raw
    report = load_through_loader(sample_store, name, "example.csv", raw)
    assert raw.startswith(template.template_csv(DATASETS[name], language))
    shown = min(3, len(sample_files()[name].read_text(encoding="utf-8-sig").splitlines()) - 1)
    assert (report.counts, report.rejected) == (Counts(unchanged=shown), 0)


@pytest.mark.slow
@both_languages
@every_sampled_ledger
def test_an_exported_workbook_loads_back_without_a_change(sample_store, name, language):
    """A ledger exported as a workbook and loaded again is every row unchanged."""
    with sample_store.read() as con:
        raw = template.export_workbook(con, DATASETS[name], language)
        rows = con.execute(f"SELECT count(*) FROM {quote_ident(name)}").fetchall()[0][0]
    report = load_through_loader(sample_store, name, "export.xlsx", raw)
    assert (report.counts, report.rejected) == (Counts(unchanged=rows), 0)


def test_an_export_without_personal_columns_has_none(sample_store):
    """The export that a page offers lacks the personal columns, as a workbook too."""
    with sample_store.read() as con:
        raw = template.export_workbook(con, DATASETS["household"], with_personal=False)
    [header, *_] = Workbook(raw).records("被征收户")
    assert "需要帮扶" not in header.cells
    assert len(header.cells) == len(DATASETS["household"].columns) - 1


TEXTS = [
    "=1+1",
    "+86 574",
    "-甲",
    "-5",
    "@胡家村",
    "'=1",
    "''=1",
    "'胡家村'",
    '="00123"',
    "00123",
    "1e5",
    "2014-03-05",
    "是",
    "#5",
    "a\nb",
    "12.50",
]


def fill_ledgers(store, texts: list[str]) -> None:
    """Fill the ledgers of villages and targets directly, with values that a spreadsheet might take for others."""
    with store.scratch() as con, store.write(con):
        for number, text in enumerate(texts):
            con.execute("INSERT INTO village VALUES (?, ?, NULL, ?, NULL, 1)", [f"V-{number}", text, number])
        for number, value in enumerate(NUMBERS):
            day = date(1900, 1, 1) if number == 0 else date(2014, 3, number)
            con.execute(
                "INSERT INTO target (metric, period_start, period_end, value, batch_id) "
                "VALUES ('signing_rate', ?, DATE '2099-12-31', ?, 1)",
                [day, value],
            )


NUMBERS = [0.1 + 0.2, 1 / 3, 1e-7, 123456789.12345679, 5e-324, 0.8, 100.0, 1e11 + 0.5, 2.5]


@pytest.mark.parametrize("export", [template.export_csv, template.export_workbook])
def test_an_export_keeps_every_value_exactly(store, export):
    """Texts that look like formulas, numbers or days, doubles of 17 digits and early days come back as they were."""
    fill_ledgers(store, TEXTS)
    suffix = "csv" if export is template.export_csv else "xlsx"
    for name, rows in (("village", len(TEXTS)), ("target", len(NUMBERS))):
        with store.read() as con:
            raw = export(con, DATASETS[name])
        report = load_through_loader(store, name, f"export.{suffix}", raw)
        assert (report.counts, report.rejected) == (Counts(unchanged=rows), 0)


def test_no_text_of_an_exported_workbook_is_a_formula(store):
    """In a workbook every text is a text: nothing in it is worked out when it is opened."""
    fill_ledgers(store, TEXTS)
    with store.read() as con:
        raw = template.export_workbook(con, DATASETS["village"])
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row[:2]} == {"s"}


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("=+-@'\"\t\r0"), max_size=8)
)
@example("'=1")
@example("''@")
@example('="0"')
@pytest.mark.quick
def test_the_guard_of_a_csv_comes_off_exactly(text):
    """Whatever a ledger holds, its cell in a CSV is no formula, and the loader takes off the guard and nothing else."""
    text = cells.bare_cell(text)
    [[cell]] = csv.reader(io.StringIO(template.csv_bytes([[text]]).decode("utf-8-sig"), newline="")) if text else [[""]]
    assert cells.bare_cell(cell) == text
    assert cell[:1] not in ("=", "+", "-", "@") or cell == text


def test_what_does_not_fit_a_sheet_is_told(store):
    """A text longer than a cell may be is refused with the advice to export a CSV, instead of being cut."""
    fill_ledgers(store, ["长" * 40_000])
    with store.read() as con, pytest.raises(errors.TooBigForSheet, match="“Villages” does not fit"):
        template.export_workbook(con, DATASETS["village"])
