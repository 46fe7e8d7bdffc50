"""The grammar of the command line: its verbs, their words and what each word means."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, get_args

from data.ingest.checking.scope import Mode
from data.ingest.reading.reader import ENCODING_NAMES
from data.store import default_database_path

Verbs: TypeAlias = Mapping[str, Callable[[argparse.Namespace], int]]
Words: TypeAlias = tuple[tuple[str, dict[str, Any]], ...]


def parse_pair(word: str) -> tuple[str, str]:
    """Read heading=column, or column=value of a scope."""
    name, sign, value = word.rpartition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"要写成 名称=值，write name=value: {word}")
    return name, value


def parse_constant(word: str) -> tuple[str, str]:
    """Read column=value, where the value may hold further signs."""
    name, sign, value = word.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"要写成 列=值，write column=value: {word}")
    return name, value


def parse_replacement(word: str) -> tuple[str, str, str]:
    """Read column:cell=known."""
    place, _, known = word.rpartition("=")
    column, sign, cell = place.replace("：", ":", 1).partition(":")
    if not (sign and cell and known):
        raise argparse.ArgumentTypeError(f"要写成 列:单元格=已知名称，write column:cell=known: {word}")
    return column, cell, known


def _repeated(read: Callable[[str], object], metavar: str, words: str) -> dict[str, Any]:
    return {"type": read, "action": "append", "default": [], "metavar": metavar, "help": words}


def _flag(words: str) -> dict[str, Any]:
    return {"action": "store_true", "help": words}


BY: Words = (("--by", {"help": "经办人 / who does it"}),)
FILE: Words = (
    ("dataset", {}),
    ("file", {}),
    ("--register", _flag("未登记的上级（如断面）自动登记 / register unknown parents")),
    ("--year", {"help": "没有年份的时间按这一年 / the year of times printed without one"}),
    ("--encoding", {"choices": list(ENCODING_NAMES), "help": "文字编码 / how the text is encoded"}),
    ("--delimiter", {"help": "分隔符 / what separates the columns"}),
    ("--sheet", {"help": "工作表 / the sheet of a workbook"}),
    ("--header", {"type": int, "metavar": "LINE", "help": "表头在第几行 / the line of the header"}),
    ("--only", _repeated(str, "COLUMN,COLUMN,…", "只带这几列，别的不读、不留 / read and keep these columns only")),
    ("--map", _repeated(parse_pair, "HEADING=COLUMN", "手工对应列 / map a heading")),
    ("--set", _repeated(parse_constant, "COLUMN=VALUE",
                        "文件没有的列，整份都填这个值 / one value of all rows for a column that the file lacks")),
    ("--replace", _repeated(parse_replacement, "COLUMN:CELL=KNOWN",
                            "没有登记的名称，读作已知的 / read an unknown name as a known one")),
    ("--mode", {"choices": get_args(Mode), "default": "upsert",
                "help": "更新、替换或只追加 / what happens to other rows"}),
    ("--since", {"help": "替换的时期从 / the replaced period begins"}),
    ("--until", {"help": "替换的时期到 / the replaced period ends"}),
    ("--scope", _repeated(parse_pair, "COLUMN=VALUE", "替换的范围 / the replaced scope")),
    ("--valid-from", {"metavar": "DAY", "help": "变更自哪天起执行，之前的数字不变 / the day from which changes hold"}),
)  # fmt: skip
WORDS: dict[str, tuple[str, Words]] = {
    "datasets": ("台账清单 / the ledgers", ()),
    "metrics": ("指标清单 / the metrics", ()),
    "template": (
        "空白模板 / the form a clerk fills in",
        (("dataset", {}), ("-o, --output", {"help": ".csv / .xlsx"})),
    ),
    "check": ("试查，不写入 / dry run, nothing written", FILE),
    "load": (
        "载入为一个批次 / load as one batch",
        (
            *FILE,
            ("--partial", _flag("只载入正确的行 / load the good rows only")),
            ("--yes", _flag("整本替换时不再问 / replace a whole ledger without asking")),
            *BY,
        ),
    ),
    "photo": ("收照片，每张一个批次 / take photos in, a batch for each", (("files", {"nargs": "+"}), *BY)),
    "history": ("批次 / the batches", ()),
    "undo": (
        "撤销批次 / undo a batch",
        (
            ("batch", {"type": int}),
            ("--with-later", _flag("连同后来的改动 / with what later batches changed")),
            *BY,
        ),
    ),
    "watch": (
        "收件夹 / load the files that arrive in a folder",
        (
            ("folder", {}),
            ("--once", _flag("只收一遍 / once, then stop")),
            ("--interval", {"type": float, "default": 2.0, "metavar": "SECONDS"}),
            ("--register", _flag("未登记的上级自动登记 / register unknown parents")),
            ("--partial", _flag("只载入正确的行 / load the good rows only")),
            *BY,
        ),
    ),
    "metric": (
        "一个指标 / one metric",
        (
            ("name", {}),
            ("filters", {"nargs": "*", "metavar": "key=value"}),
            ("--as-of", {"help": "2014-06-30"}),
            ("--after-batch", {"type": int, "metavar": "BATCH",
                               "help": "按某批次之后的台账 / out of the ledgers as they stood after a batch"}),
            ("--since", {"metavar": "DAY", "help": "哪天以来的变化 / what has changed since a day"}),
            ("--since-batch", {"type": int, "metavar": "BATCH",
                               "help": "那时已载入到哪个批次 / the last batch that was known then"}),
            ("--role", {"help": "clerk / viewer"}),
        ),
    ),
    "export": (
        "导出台账 / the ledger as it stands",
        (
            ("dataset", {}),
            ("file", {"help": ".csv / .xlsx"}),
            ("--after-batch", {"type": int, "metavar": "BATCH",
                               "help": "某批次之后的样子 / as it stood after a batch"}),
        ),
    ),
    "briefing": (
        "周报、月报，Word 文档 / the weekly or monthly briefing as a Word document",
        (
            ("-o, --output", {"required": True, "help": ".docx"}),
            ("--kind", {"choices": ("weekly", "monthly"), "default": "weekly"}),
            ("--as-of", {"help": "2014-06-30"}),
        ),
    ),
    "verify": ("核对 / whether ledgers, versions, book and kept files agree", ()),
    "sample": (
        "载入示例 / load the sample ledgers",
        (("--remove", _flag("清除示例 / take the sample out again")), *BY),
    ),
}  # fmt: skip


def shared_words() -> Words:
    """Return the words that every verb takes."""
    return (
        ("--db", {"default": str(default_database_path()), "help": "数据库 / the database"}),
        ("--json", _flag("一个 JSON 对象 / one JSON object")),
        ("--lang", {"choices": ("zh", "en"), "default": "zh"}),
    )


def build_parser(verbs: Verbs) -> argparse.ArgumentParser:
    """Return the grammar of the command line; `verbs` gives what each verb runs."""
    top = argparse.ArgumentParser(prog="cli.py", description="庄桥一线 · Frontline")
    listed = top.add_subparsers(required=True, metavar="VERB")
    for name, (meaning, words) in WORDS.items():
        parser = listed.add_parser(name, help=meaning)
        for word, about in (*words, *shared_words()):
            parser.add_argument(*word.split(", "), **about)
        parser.set_defaults(run=verbs[name])
    return top


def parse_arguments(grammar: argparse.ArgumentParser, argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the words; filters of a metric may stand anywhere among the options."""
    args, rest = grammar.parse_known_args(argv)
    if rest and not (hasattr(args, "filters") and all("=" in w and not w.startswith("-") for w in rest)):
        grammar.error(f"unrecognized arguments: {' '.join(rest)}")
    if hasattr(args, "filters"):
        args.filters += rest
        if not all("=" in word for word in args.filters):
            grammar.error(f"key=value expected: {' '.join(args.filters)}")
    return args
