"""A made-up register of 99 households as an office keeps it: names, identity numbers, phones, addresses."""

from __future__ import annotations

import csv
import io
from random import Random

import xlsxwriter
import xlwt

HEADER = ("序号", "户编号", "项目", "村", "户主姓名", "身份证号", "联系电话", "家庭住址", "合法面积")
KEPT = ("户编号", "项目", "村", "合法面积")
HOUSEHOLDS = 99
TITLE = "示例地块被征收户登记册"
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
SURNAMES, GIVEN = "虞褚卫蒋沈韩杨朱秦尤", "示例样假拟虚构编造设"


def identity_number(body: str) -> str:
    """Return 17 digits with the check digit of GB 11643-1999 behind them."""
    return body + CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def card_number(body: str) -> str:
    """Return digits with the check digit of Luhn behind them."""
    return next(body + check for check in "0123456789" if _luhn(body + check) % 10 == 0)


def _luhn(digits: str) -> int:
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return sum(map(int, digits[::-2])) + sum(doubled)


def register_rows() -> list[tuple[str, ...]]:
    """Return the rows below the header; the same in every run."""
    rng = Random(99)
    rows: list[tuple[str, ...]] = []
    for number in range(1, HOUSEHOLDS + 1):
        name = rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN)
        born = f"{rng.randint(1935, 1990)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
        identity = identity_number(f"330205{born}{rng.randint(1, 999):03}")
        phone = f"1{rng.choice(['39', '58', '77', '88', '99'])}{rng.randint(10_000_000, 99_999_999)}"
        address = f"虚构路{number}弄{rng.randint(1, 99)}号{rng.randint(101, 999)}室"
        area = f"{rng.randint(600, 3_000) / 10}"
        rows.append((str(number), f"H-{number:03}", "D-1", "V-1", name, identity, phone, address, area))
    return rows


def personal_texts() -> set[str]:
    """Return every text of the register that must not be found anywhere afterwards."""
    return {cell for row in register_rows() for cell in row[4:8]}


def register_csv() -> bytes:
    """Return the register under its title, in GBK."""
    out = io.StringIO()
    csv.writer(out).writerows([(TITLE, *[""] * 8), HEADER, *register_rows()])
    return out.getvalue().encode("gbk")


def register_xlsx() -> bytes:
    """Return the register as a workbook; phones are numbers there."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("登记册")
        sheet.write(0, 0, TITLE)
        for line, row in enumerate([HEADER, *register_rows()], 1):
            sheet.write_row(line, 0, row)
            if line > 1:
                sheet.write_number(line, 6, int(row[6]))
    return out.getvalue()


def register_xls() -> bytes:
    """Return the register as a workbook of Excel 97."""
    book, out = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("登记册")
    sheet.write(0, 0, TITLE)
    for line, row in enumerate([HEADER, *register_rows()], 1):
        for place, cell in enumerate(row):
            sheet.write(line, place, cell)
    book.save(out)
    return out.getvalue()


REGISTERS = {"登记册.csv": register_csv, "登记册.xlsx": register_xlsx, "登记册.xls": register_xls}
