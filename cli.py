"""The command line: the same verbs as the pages, without a browser."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import get_args

import pandas as pd

from analytics import metrics
from analytics.metrics import Metric
from analytics.metrics.basis import Basis
from data.datasets import DATASETS, Column, Dataset, dataset_named
from data.errors import BadYear, CannotWrite, DashboardError, NoFolder, ReplacesAll, UnknownBatch, UnknownFormat
from data.ingest import batch_log, error_file, integrity, loader, merge, sample, versions
from data.ingest.checking.error_reasons import Finding
from data.ingest.checking.scope import Mode, Scope
from data.ingest.folder import ledger_detection
from data.ingest.folder import watch as folder_door
from data.ingest.forms import template
from data.ingest.loader import Options, Report, Who
from data.ingest.reading import reader
from data.ingest.reading.reader import ENCODING_NAMES, ReadOptions, Upload
from data.store import Store, default_database_path, open_store
from data.text import NOTHING, Language, Text, join_texts, untranslated
from ui import phrases
from ui.data_origin import DataOrigin, data_origin_text, read_data_origin

DONE, REJECTED, UNUSABLE = 0, 1, 2
AUTO = "auto"
MAX_FINDINGS_SHOWN = 20  # chosen: one screen of a terminal; --json has them all
WRITTEN = ("新增 inserted", "更新 updated", "删去 deleted")
NOT_WRITTEN = ("会新增 would insert", "会更新 would update", "会删去 would delete")
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # four digits in the name of a file would be its year
ERROR, REFUSED = Text("错误：{text}", "Error: {text}"), Text("拒收：{text}", "Refused: {text}")
WARNING = Text("提醒：{text}", "Warning: {text}")
NOTE, SKIPPED = Text("说明：{text}", "Note: {text}"), Text("略过：{text}", "Skipped: {text}")
LINE_START = Text("第 {line} 行 ", "line {line}: ")
KEPT_ROWS = Text(
    "{ledger}：{rows} 行后来又改过，已保留", "{ledger}: rows that a later batch changed were kept ({rows})"
)
EXPORTS = {".csv": template.export_csv, ".xlsx": template.export_workbook}


def print_note(message: str) -> None:
    print(message, file=sys.stderr)


def print_result(payload: object, rows: list[dict[str, object]], as_json: bool) -> None:
    """Print a result on stdout: one JSON object, or a table."""
    if as_json:
        print(json.dumps(payload, ensure_ascii=False, default=str))
    elif rows:
        with pd.option_context("display.unicode.east_asian_width", True, "display.width", 250):
            print(pd.DataFrame(rows).to_string(index=False, na_rep="", max_colwidth=48))


def write_output(path: str | None, content: bytes) -> None:
    """Write a file, or stdout where no path is given; raises CannotWrite."""
    if path is None:
        sys.stdout.buffer.write(content)
        return
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error


def _columns(columns: Sequence[Column]) -> list[dict[str, object]]:
    return [
        {"name": c.name, "label_zh": c.label.zh, "label_en": c.label.en, "type": c.kind, "unit": c.unit}
        for c in columns
    ]


def list_datasets(args: argparse.Namespace) -> int:
    rows: list[dict[str, object]] = [
        {
            "name": d.name,
            "label_zh": d.label.zh,
            "label_en": d.label.en,
            "stream": d.stream,
            "key": list(d.key),
            "columns": _columns(d.columns),
        }
        for d in DATASETS.values()
    ]
    print_result(rows, [{**r, "key": "+".join(r["key"]), "columns": len(r["columns"])} for r in rows], args.json)  # type: ignore[arg-type]
    return DONE


def _basis(basis: Basis) -> dict[str, object]:
    standard, clause = basis.standard, basis.clause
    return {
        "standard_zh": standard.zh, "standard_en": standard.en, "clause_zh": clause.zh, "clause_en": clause.en
    }  # fmt: skip


def list_metrics(args: argparse.Namespace) -> int:
    formulas = {m.name: m.formula_on(date.today()) for m in metrics.METRICS.values()}
    rows: list[dict[str, object]] = [
        {
            "name": m.name,
            "label_zh": m.label.zh,
            "label_en": m.label.en,
            "unit": m.unit,
            "direction": m.direction,
            "formula_zh": formulas[m.name].zh,
            "formula_en": formulas[m.name].en,
            "sources": list(m.ledgers),
            "reviewed_on": m.reviewed_on.isoformat(),
            "basis": [_basis(b) for b in m.basis],
            "columns": _columns(m.columns),
        }
        for m in metrics.METRICS.values()
    ]
    print_result(rows, [{k: v for k, v in r.items() if k not in ("basis", "columns")} for r in rows], args.json)
    return DONE


def write_template(args: argparse.Namespace) -> int:
    write_output(args.output, template.template_csv(dataset_named(args.dataset), args.lang))
    return DONE


def _load_options(args: argparse.Namespace) -> Options:
    """Return what the words say about one file; raises BadYear, NotADate."""
    if args.year is not None and not (args.year.isdigit() and len(args.year) == 4):
        raise BadYear(value=args.year)
    return Options(
        year=int(args.year) if args.year else None,
        register=args.register,
        partial=getattr(args, "partial", False),
        reading=ReadOptions(args.encoding, args.delimiter, args.sheet, args.header, one_sheet=True),
        mapping=tuple(args.map),
        mode=args.mode,
        scope=_replaced_scope(args),
        valid_from=metrics.parse_date(args.valid_from) if args.valid_from else None,
    )


def _replaced_scope(args: argparse.Namespace) -> Scope | None:
    """Return the period and the scope that a file replaces; None where no word limits it."""
    since, until = (metrics.parse_date(d) if d else None for d in (args.since, args.until))
    return Scope(since, until, tuple(args.scope)) if since or until or args.scope else None


def _parse_pair(word: str) -> tuple[str, str]:
    """Read heading=column or column=value."""
    name, sign, value = word.rpartition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"key=value: {word}")
    return name, value


def _ledger_file_options(args: argparse.Namespace, store: Store) -> tuple[Dataset, Upload, Options]:
    """Return the ledger that was named, or with “auto” the one that the file names, the file, and what is asked.

    Raises UnknownDataset, NoSuchFile, NoLedger, UnknownHeading, BadYear, NotADate.
    """
    named = None if args.dataset == AUTO else dataset_named(args.dataset)
    file = reader.upload_from_path(args.file)
    ledger, options = named or ledger_detection.ledger_of_file(store, file), _load_options(args)
    if options.mapping:
        loader.require_known_headings(ledger, file, options)
    return ledger, file, options


def _print_report(report: Report, language: Language) -> None:
    """Say in words, on stderr, what the file does and what is wrong with it."""
    counts, is_written = report.counts, report.batch is not None
    new, changed, gone = WRITTEN if is_written else NOT_WRITTEN
    print_note(
        f"{report.file}: {report.rows} 行 rows · {new} {counts.inserted} · {changed} {counts.updated} · "
        f"不变 unchanged {counts.unchanged} · {gone} {counts.deleted} · 拒收 rejected {report.rejected}"
    )
    if not is_written:
        print_note("  没有写入 nothing written")
    if report.unmapped:
        print_note(f"  没有用到的列 columns not used: {'、'.join(report.unmapped)}")
    for warning in report.warnings:
        print_note(f"  {WARNING.fill(text=warning).into(language)}")
    for mark, findings in ((SKIPPED, report.left_out), (NOTE, report.notes), (REFUSED, report.errors)):
        for finding in findings[:MAX_FINDINGS_SHOWN]:
            print_note(f"  {mark.fill(text=_finding_text(finding)).into(language)}")
        if len(findings) > MAX_FINDINGS_SHOWN:
            print_note(
                f"  … 另有 {len(findings) - MAX_FINDINGS_SHOWN} 条，全部见 --json / more, all of them with --json"
            )


def _finding_text(finding: Finding) -> Text:
    """Return the line, the cell and the reason of a finding, each only where there is one."""
    line = LINE_START.fill(line=finding.line) if finding.line else NOTHING
    cell = untranslated(f"{finding.column} “{finding.value}” ") if finding.value else NOTHING
    return join_texts([line, cell, finding.reason])


def _print_outcome(report: Report, args: argparse.Namespace, more: dict[str, object]) -> int:
    payload = report.as_json() | more
    _print_report(report, args.lang)
    row = {k: v for k, v in payload.items() if not isinstance(v, (list, dict))}
    print_result(payload, [row], args.json)
    return REJECTED if report.rejected else DONE


def check_ledger_file(args: argparse.Namespace, store: Store) -> int:
    return _print_outcome(loader.check_file(store, *_ledger_file_options(args, store)), args, {})


def _write_rejected_rows(store: Store, file: Upload, report: Report, args: argparse.Namespace) -> str | None:
    """Keep the refused rows of a partial load as a file beside the database, and return its path."""
    if not (args.partial and report.rejected):
        return None
    folder = Path(args.db).parent / "rejected"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{Path(report.file).stem}_{report.sha256[:12].translate(LETTERS)}.csv"
    write_output(
        str(path),
        error_file.error_csv(store, dataset_named(report.dataset), file, _load_options(args), report, whole=False),
    )
    return str(path)


def _require_consent(args: argparse.Namespace, store: Store, ledger: Dataset, file: Upload, options: Options) -> None:
    """Refuse to delete rows of a whole ledger unless the words say yes; raises ReplacesAll."""
    if options.mode != "replace" or options.scope or args.yes:
        return
    rows = loader.check_file(store, ledger, file, options).counts.deleted
    if rows:
        with store.read() as con:
            raise ReplacesAll(rows=rows, size=merge.ledger_row_count(con, ledger), dataset=ledger.label)


def load_ledger_file(args: argparse.Namespace, store: Store) -> int:
    ledger, file, options = _ledger_file_options(args, store)
    _require_consent(args, store, ledger, file, options)
    who = Who(args.by or getpass.getuser(), origin="cli")
    report = loader.load_file(store, ledger, file, who, options)
    kept = _write_rejected_rows(store, file, report, args)
    return _print_outcome(report, args, {"batch": report.batch, "rejected_file": kept})


def list_batches(args: argparse.Namespace, store: Store) -> int:
    with store.read() as con:
        batches = batch_log.recent_batches(con)
    batches = [{"batch": b.pop("batch_id")} | b for b in batches]
    brief = ("batch", "dataset", "file_name", "inserted", "updated", "loaded_by", "loaded_at", "undone_at")
    print_result({"batches": batches}, [{k: b[k] for k in brief} for b in batches], args.json)
    return DONE


def undo_load(args: argparse.Namespace, store: Store) -> int:
    undone = loader.undo_batch(store, args.batch, Who(args.by or getpass.getuser()), args.with_later)
    payload = {
        "batch": args.batch,
        "rows": sum(undone.rows.values()),
        "ledgers": undone.rows,
        "kept": undone.kept,
        "kept_rows": undone.kept_keys,
    }
    for ledger, rows in undone.kept.items():
        label, keys = dataset_named(ledger).label, undone.kept_keys[ledger]
        print_note(f"  {WARNING.fill(text=KEPT_ROWS.fill(ledger=label, rows=rows)).into(args.lang)}")
        for key in keys[:MAX_FINDINGS_SHOWN]:
            print_note(f"    {key}")
        if rows > MAX_FINDINGS_SHOWN:
            print_note(f"    … 共 {rows} 行 in all")
    print_result(payload, [{"dataset": d, "rows": n} for d, n in undone.rows.items()], args.json)
    return DONE


def show_metric(args: argparse.Namespace, store: Store) -> int:
    filters = {name: value for name, _, value in (pair.partition("=") for pair in args.filters)}
    with store.read() as con:
        result = metrics.compute_metric(
            con, args.name, metrics.parse_date(args.as_of) if args.as_of else None, **filters
        )
        origin = read_data_origin(con, result.as_of, result.ledgers)
    rows = json.loads(result.rows.to_json(orient="records", date_format="iso", force_ascii=False))
    payload = {
        "name": result.definition.name,
        "as_of": result.as_of,
        "newest": origin.newest,
        "first_batch": origin.first_batch,
        "last_batch": origin.last_batch,
        "is_sample": origin.is_sample,
        "unit": result.definition.unit,
        "rows": rows,
    }
    print_note(_metric_heading(result.definition, origin).into(args.lang))
    print_result(payload, result.rows.to_dict("records"), args.json)
    return DONE


def _metric_heading(metric: Metric, origin: DataOrigin) -> Text:
    """Return what a metric is called and where its figures come from, as the title line of a page says it."""
    origin_text = data_origin_text(origin) if origin.as_of else phrases.NOTHING_YET
    sample_mark = [phrases.SAMPLE] if origin.is_sample else []
    return join_texts([metric.label, origin_text, *sample_mark], untranslated(" · "))


def export_to_file(args: argparse.Namespace, store: Store) -> int:
    """Write a ledger as it stands, or as it stood after a batch."""
    made = EXPORTS.get(Path(args.file).suffix.lower())
    if made is None:
        raise UnknownFormat(path=args.file)
    with store.read() as con:
        ledger, batch = dataset_named(args.dataset), args.after_batch
        if batch is not None and not batch_log.has_batch(con, batch):
            raise UnknownBatch(batch=batch)
        if batch is not None and batch_log.is_undone(con, batch):
            print_note(WARNING.fill(text=versions.WITHOUT_UNDONE.fill(batch=batch)).into(args.lang))
        table = versions.make_as_of_view(con, ledger, batch) if batch is not None else ledger.name
        write_output(args.file, made(con, ledger, args.lang, table=table))
    return DONE


def watch_inbox(args: argparse.Namespace, store: Store) -> int:
    """Load the files that arrive in a folder until the terminal says stop; raises NoFolder."""
    if not Path(args.folder).exists():
        raise NoFolder(path=args.folder)
    who = Who(args.by or getpass.getuser(), origin="folder")
    options = Options(register=args.register, partial=args.partial)
    if args.once:
        outcomes = folder_door.load_folder_once(store, args.folder, who, options, args.interval)
        rows: list[dict[str, object]] = [{"place": o.place, "said": o.sentence.into(args.lang)} for o in outcomes]
        print_result({"files": [{**o.report, "place": o.place} for o in outcomes]}, rows, args.json)
        return REJECTED if any(o.place == "rejected" for o in outcomes) else DONE
    with suppress(KeyboardInterrupt):
        folder_door.watch_until_stopped(store, args.folder, who, options, threading.Event(), args.interval)
    return DONE


def load_sample_ledgers(args: argparse.Namespace, store: Store) -> int:
    reports = sample.load_sample(store)
    rows: list[dict[str, object]] = [
        {"dataset": r.dataset, "batch": r.batch, "inserted": r.counts.inserted, "unchanged": r.counts.unchanged}
        for r in reports
    ]
    print_result({"batches": rows}, rows, args.json)
    return DONE


def verify_database(args: argparse.Namespace, store: Store) -> int:
    """Say what in the database does not agree; nothing if all is well."""
    with store.read() as con:
        found = integrity.integrity_errors(con)
    rows = [{"zh": text.zh, "en": text.en} for text in found]
    print_result({"disagreements": rows}, [{"": text.into(args.lang)} for text in found], args.json)
    return REJECTED if found else DONE


def _with_store(verb: Callable[[argparse.Namespace, Store], int]) -> Callable[[argparse.Namespace], int]:
    def opened(args: argparse.Namespace) -> int:
        with open_store(args.db) as store:
            return verb(args, store)

    return opened


def _add_file_verb(verbs: argparse._SubParsersAction, name: str, verb: Callable, words: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=words)
    parser.add_argument("dataset")
    parser.add_argument("file")
    parser.add_argument(
        "--register", action="store_true", help="未登记的上级（如断面）自动登记 / register unknown parents"
    )
    parser.add_argument("--year", help="没有年份的时间按这一年 / the year of times printed without one")
    parser.add_argument("--encoding", choices=list(ENCODING_NAMES), help="文字编码 / how the text is encoded")
    parser.add_argument("--delimiter", help="分隔符 / what separates the columns")
    parser.add_argument("--sheet", help="工作表 / the sheet of a workbook")
    parser.add_argument("--header", type=int, metavar="LINE", help="表头在第几行 / the line of the header")
    parser.add_argument(
        "--map",
        type=_parse_pair,
        action="append",
        default=[],
        metavar="HEADING=COLUMN",
        help="手工对应列 / map a heading",
    )
    parser.add_argument(
        "--mode", choices=get_args(Mode), default="upsert", help="更新、替换或只追加 / what happens to other rows"
    )
    parser.add_argument("--since", help="替换的时期从 / the replaced period begins")
    parser.add_argument("--until", help="替换的时期到 / the replaced period ends")
    parser.add_argument(
        "--scope",
        type=_parse_pair,
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="替换的范围 / the replaced scope",
    )
    parser.add_argument(
        "--valid-from", metavar="DAY", help="变更自哪天起执行，之前的数字不变 / the day from which changes hold"
    )
    parser.set_defaults(run=_with_store(verb))
    return parser


def _add_plain_verb(verbs: argparse._SubParsersAction, name: str, run: Callable, words: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=words)
    parser.set_defaults(run=run)
    return parser


def build_parser() -> argparse.ArgumentParser:
    """Return the grammar of the command line."""
    top = argparse.ArgumentParser(prog="cli.py", description="庄桥一线 · Frontline")
    verbs = top.add_subparsers(required=True, metavar="VERB")
    _add_plain_verb(verbs, "datasets", list_datasets, "台账清单 / the ledgers")
    _add_plain_verb(verbs, "metrics", list_metrics, "指标清单 / the metrics")
    made = _add_plain_verb(verbs, "template", write_template, "空白模板 / the CSV a clerk fills in")
    made.add_argument("dataset")
    made.add_argument("-o", "--output")
    _add_file_verb(verbs, "check", check_ledger_file, "试查，不写入 / dry run, nothing written")
    loaded = _add_file_verb(verbs, "load", load_ledger_file, "载入为一个批次 / load as one batch")
    loaded.add_argument("--partial", action="store_true", help="只载入正确的行 / load the good rows only")
    loaded.add_argument("--yes", action="store_true", help="整本替换时不再问 / replace a whole ledger without asking")
    _add_plain_verb(verbs, "history", _with_store(list_batches), "批次 / the batches")
    undone = _add_plain_verb(verbs, "undo", _with_store(undo_load), "撤销批次 / undo a batch")
    undone.add_argument("batch", type=int)
    undone.add_argument("--with-later", action="store_true", help="连同后来的改动 / with what later batches changed")
    watched = _add_plain_verb(
        verbs, "watch", _with_store(watch_inbox), "收件夹 / load the files that arrive in a folder"
    )
    watched.add_argument("folder")
    watched.add_argument("--once", action="store_true", help="只收一遍 / once, then stop")
    watched.add_argument("--interval", type=float, default=2.0, metavar="SECONDS")
    watched.add_argument("--register", action="store_true")
    watched.add_argument("--partial", action="store_true")
    for verb in (loaded, undone, watched):
        verb.add_argument("--by", help="经办人 / who does it")
    measured = _add_plain_verb(verbs, "metric", _with_store(show_metric), "一个指标 / one metric")
    measured.add_argument("name")
    measured.add_argument("filters", nargs="*", metavar="key=value")
    measured.add_argument("--as-of", help="2014-06-30")
    exported = _add_plain_verb(verbs, "export", _with_store(export_to_file), "导出台账 / the ledger as it stands")
    exported.add_argument("dataset")
    exported.add_argument("file", help=".csv / .xlsx")
    exported.add_argument(
        "--after-batch", type=int, metavar="BATCH", help="某批次之后的样子 / as it stood after a batch"
    )
    _add_plain_verb(
        verbs, "verify", _with_store(verify_database), "核对 / whether ledgers, versions, book and kept files agree"
    )
    _add_plain_verb(verbs, "sample", _with_store(load_sample_ledgers), "载入示例 / load the sample ledgers")
    for verb in verbs.choices.values():
        verb.add_argument("--db", default=str(default_database_path()), help="数据库 / the database")
        verb.add_argument("--json", action="store_true", help="一个 JSON 对象 / one JSON object")
        verb.add_argument("--lang", choices=("zh", "en"), default="zh")
    return top


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the words; filters of a metric may stand anywhere among the options."""
    grammar = build_parser()
    args, rest = grammar.parse_known_args(argv)
    if rest and not (hasattr(args, "filters") and all("=" in w and not w.startswith("-") for w in rest)):
        grammar.error(f"unrecognized arguments: {' '.join(rest)}")
    if hasattr(args, "filters"):
        args.filters += rest
        if not all("=" in word for word in args.filters):
            grammar.error(f"key=value expected: {' '.join(args.filters)}")
    return args


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; 0 done, 1 rows were rejected, 2 something cannot be used and one sentence says why."""
    args = parse_arguments(argv)
    try:
        status: int = args.run(args)
    except DashboardError as error:
        print_note(ERROR.fill(text=error.text).into(args.lang))
        return UNUSABLE
    return status


if __name__ == "__main__":
    sys.exit(main())
