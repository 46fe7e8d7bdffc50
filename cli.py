"""The command line: the same verbs as the pages, without a browser."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import briefing, changes, metrics, row_changes
from analytics.metrics import Metric
from analytics.metrics.basis import Basis
from data.datasets import DATASETS, Column, Dataset, dataset_named
from data.datasets.targets import TARGETS
from data.errors import (
    BadYear,
    CannotWrite,
    DashboardError,
    HouseholdsWithheld,
    NoDaySince,
    NoFolder,
    NotAPhoto,
    ReplacesAll,
    SinceAfterDay,
    UnknownBatch,
    UnknownFormat,
)
from data.ingest import (
    batch_log,
    error_file,
    integrity,
    loader,
    merge,
    sample,
    submissions,
    versions,
    workbook_sheets,
)
from data.ingest.checking.error_reasons import Finding
from data.ingest.checking.scope import Scope
from data.ingest.folder import watch as folder_door
from data.ingest.forms import template
from data.ingest.loader import Options, Report, Who
from data.ingest.personal_data import only_columns
from data.ingest.reading import photo, reader
from data.ingest.reading.reader import ReadOptions, Upload
from data.ingest.submissions import SubmissionReport
from data.ingest.time_travel import ledgers_after_batch
from data.ingest.workbook_sheets import Part, Parts
from data.roles import Role, installed_role, role_named
from data.store import Store, open_store
from data.text import NOTHING, Language, Text, join_texts, mid_sentence, untranslated
from ui import command_line, phrases
from ui.data_origin import DataOrigin, data_origin_text, read_data_origin
from ui.documents.change_lines import change_lines
from ui.metric_payload import metric_payload, undone_note

DONE, REJECTED, UNUSABLE = 0, 1, 2
AUTO = "auto"
MOST_SHOWN = 300  # characters of a cell, a drawn shape may have millions; chosen: three lines of a terminal
MAX_FINDINGS_SHOWN = 20  # chosen: one screen of a terminal; --json has them all
WRITTEN = ("新增 inserted", "更新 updated", "删去 deleted")
NOT_WRITTEN = ("会新增 would insert", "会更新 would update", "会删去 would delete")
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # four digits in the name of a file would be its year
ERROR, REFUSED = Text("错误：{text}", "Error: {text}"), Text("拒收：{text}", "Refused: {text}")
WARNING = Text("提醒：{text}", "Warning: {text}")
NOTE, SKIPPED = Text("说明：{text}", "Note: {text}"), Text("略过：{text}", "Skipped: {text}")
LINE_START = Text("{place} ", "{place}: ")
PART = Text("{sheets} → {ledger}", "{sheets} → {ledger}")
KEPT_ROWS = Text(
    "{ledger}：{rows} 行后来又改过，已保留", "{ledger}: rows that a later batch changed were kept ({rows})"
)
UNDONE_TOGETHER = Text(
    "批次 {batch} 与同一工作簿的其他批次一起撤销：{batches}",
    "Batch {batch} is undone together with the others of its workbook: {batches}",
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
    """Write a template as the extension says; raises UnknownFormat. Only a workbook looks into the database."""
    ledger, ending = dataset_named(args.dataset), Path(args.output or "").suffix.lower()
    if ending not in ("", *EXPORTS):
        raise UnknownFormat(path=args.output)
    made = _template_workbook(args, ledger) if ending == ".xlsx" else template.template_csv(ledger, args.lang)
    write_output(args.output, made)
    return DONE


def _template_workbook(args: argparse.Namespace, ledger: Dataset) -> bytes:
    """Return a template with the names that are registered, if there is a database yet."""
    if not Path(args.db).exists():
        return template.template_workbook(ledger, args.lang)
    with open_store(args.db) as store, store.read() as con:
        return template.template_workbook(ledger, args.lang, con)


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
        constants=tuple(args.set),
        replacements=tuple(args.replace),
        mode=args.mode,
        scope=_replaced_scope(args),
        valid_from=metrics.parse_date(args.valid_from) if args.valid_from else None,
    )


def _replaced_scope(args: argparse.Namespace) -> Scope | None:
    """Return the period and the scope that a file replaces; None where no word limits it."""
    since, until = (metrics.parse_date(d) if d else None for d in (args.since, args.until))
    return Scope(since, until, tuple(args.scope)) if since or until or args.scope else None


def _file_and_parts(args: argparse.Namespace, store: Store) -> tuple[Upload, Parts]:
    """Return the file, and what of it goes into the ledger that was named, or with “auto” into those that it names.

    Raises UnknownDataset, NoSuchFile, NoLedger, DoubtfulSheets, SheetNotRead, UnknownHeading, BadYear, NotADate.
    """
    named = None if args.dataset == AUTO else dataset_named(args.dataset)
    file, options = reader.upload_from_path(args.file), _load_options(args)
    if args.only:
        names = [name.strip() for listed in args.only for name in re.split("[,，、;；]", listed) if name.strip()]
        file = only_columns.file_of_named_columns(file, options.reading, named, names)
        options = replace(options, reading=ReadOptions(header_line=options.reading.header_line, one_sheet=True))
    found = workbook_sheets.find_parts(store, file, options, named)
    if options.mapping:
        headings = [h for p in found.parts for h in loader.file_headings(p.dataset, file, p.options.reading)]
        loader.require_known_headings(file, headings, options)
    return file, found


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
    line = LINE_START.fill(place=mid_sentence(finding.place_text)) if finding.line else NOTHING
    cell = untranslated(f"{finding.column} “{_cut_short(finding.value)}” ") if finding.value else NOTHING
    return join_texts([line, cell, finding.reason])


def _cut_short(value: str) -> str:
    return value if len(value) <= MOST_SHOWN else f"{value[:MOST_SHOWN]}…"


def _print_parts(told: SubmissionReport, language: Language) -> None:
    """Say in words what each part of a file does, and which sheets are in none."""
    for report in told.parts:
        if len(told.parts) > 1:
            label = dataset_named(report.dataset).label
            print_note(PART.fill(sheets=report.sheet, ledger=label).into(language))
        _print_report(report, language)
    for mark, texts in ((WARNING, told.warnings), (NOTE, [note.reason for note in told.notes])):
        for text in texts:
            print_note(f"  {mark.fill(text=text).into(language)}")


def _print_outcome(told: SubmissionReport, args: argparse.Namespace, more: dict[str, object]) -> int:
    payload = told.as_json() | more
    _print_parts(told, args.lang)
    rows = [report.as_json() | {"batch": report.batch} for report in told.parts] if len(told.parts) > 1 else [payload]
    print_result(payload, [{k: v for k, v in r.items() if not isinstance(v, (list, dict))} for r in rows], args.json)
    return REJECTED if told.rejected else DONE


def check_ledger_file(args: argparse.Namespace, store: Store) -> int:
    return _print_outcome(submissions.check_parts(store, *_file_and_parts(args, store)), args, {})


def _write_rejected_rows(
    store: Store, file: Upload, found: Parts, told: SubmissionReport, args: argparse.Namespace
) -> list[str]:
    """Keep the refused rows of a partial load as files beside the database, and return their paths."""
    if not (args.partial and told.rejected):
        return []
    folder = Path(args.db).parent / "rejected"
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for refused in error_file.error_files(store, file, found.parts, told.parts):
        words = filter(None, (Path(file.name).stem, refused.part, file.sha256[:12].translate(LETTERS)))
        paths.append(str(folder / f"{'_'.join(words)}{refused.ending}"))
        write_output(paths[-1], refused.content)
    return paths


def _require_consent(args: argparse.Namespace, store: Store, file: Upload, found: Parts) -> None:
    """Refuse to delete rows of a whole ledger unless the words say yes; raises ReplacesAll."""
    part = found.parts[0]
    if part.options.mode != "replace" or part.options.scope or args.yes:
        return
    rows = sum(counts.deleted for counts in submissions.check_parts(store, file, found).counts)
    if rows:
        with store.read() as con:
            raise ReplacesAll(rows=rows, size=merge.ledger_row_count(con, part.dataset), dataset=part.dataset.label)


def load_ledger_file(args: argparse.Namespace, store: Store) -> int:
    file, found = _file_and_parts(args, store)
    _require_consent(args, store, file, found)
    who = Who(args.by or getpass.getuser(), origin="cli")
    told = submissions.load_parts(store, file, found, who)
    kept = _write_rejected_rows(store, file, found, told, args)
    written: dict[str, object] = {"batch": next(iter(told.batches), None), "rejected_file": next(iter(kept), None)}
    if len(told.parts) > 1:
        written["rejected_files"] = kept
    return _print_outcome(told, args, written)


def load_photos(args: argparse.Namespace, store: Store) -> int:
    """Take photos in, a batch for each; raises NoSuchFile, NotAPhoto and what the reader raises of a photo."""
    files, who = [photo_from_path(path) for path in args.files], Who(args.by or getpass.getuser(), origin="cli")
    rows: list[dict[str, object]] = []
    for file in files:
        told = submissions.load_parts(store, file, Parts((Part(DATASETS["photo"], Options()),)), who)
        _print_parts(told, args.lang)
        [report] = told.parts
        rows.append({"file": file.name, "photo": photo.photo_name(file.name), "batch": report.batch})
    print_result({"photos": rows}, rows, args.json)
    return DONE


def photo_from_path(path: str) -> Upload:
    """Return the photo that lies at a path; raises NoSuchFile, NotAPhoto."""
    file = reader.upload_from_path(path)
    if not photo.is_photo(file.content):
        raise NotAPhoto(name=file.name)
    return file


def list_batches(args: argparse.Namespace, store: Store) -> int:
    with store.read() as con:
        batches = batch_log.recent_batches(con)
    batches = [{"batch": b.pop("batch_id")} | b for b in batches]
    brief = (
        "batch",
        "submission",
        "dataset",
        "file_name",
        "inserted",
        "updated",
        "loaded_by",
        "loaded_at",
        "undone_at",
    )
    print_result({"batches": batches}, [{k: b[k] for k in brief} for b in batches], args.json)
    return DONE


def undo_load(args: argparse.Namespace, store: Store) -> int:
    undone = loader.undo_batch(store, args.batch, Who(args.by or getpass.getuser()), args.with_later)
    payload: dict[str, object] = {
        "batch": args.batch,
        "rows": sum(undone.rows.values()),
        "ledgers": undone.rows,
        "kept": undone.kept,
        "kept_rows": undone.kept_keys,
    }
    if len(undone.batches) > 1:
        payload["batches"] = undone.batches
        numbers = "、".join(map(str, undone.batches))
        print_note(UNDONE_TOGETHER.fill(batch=args.batch, batches=numbers).into(args.lang))
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
    if args.since_batch is not None and not args.since:
        raise NoDaySince(batch=args.since_batch)
    filters = {name: value for name, _, value in (pair.partition("=") for pair in args.filters)}
    role = role_named(args.role) if args.role else installed_role()
    with store.read() as con, _ledgers_asked_for(con, args.after_batch, args.lang):
        if args.since:
            return _show_changes(args, con, role, filters)
        result = metrics.compute_metric(
            con, args.name, metrics.parse_date(args.as_of) if args.as_of else None, role, **filters
        )
        origin = read_data_origin(con, result.as_of, result.ledgers)
        payload = metric_payload(con, result, result.definition.unit, origin, args.lang)
    print_note(_metric_heading(result.definition, origin).into(args.lang))
    print_result(payload, result.rows.to_dict("records"), args.json)
    return DONE


@contextmanager
def _ledgers_asked_for(con: Connection, batch: int | None, language: Language) -> Iterator[None]:
    """Let the verb see the ledgers as they stood after a batch, if it names one; raises UnknownBatch."""
    if batch is None:
        yield
        return
    with ledgers_after_batch(con, batch):
        if said := undone_note(con):
            print_note(WARNING.fill(text=said).into(language))
        yield


def _show_changes(args: argparse.Namespace, con: Connection, role: Role, filters: dict[str, str]) -> int:
    """Print which numbers and states of a metric have changed since a day: moved by days, corrected by which batches.

    Raises UnknownMetric, HouseholdsWithheld, SinceAfterDay, UnknownBatch, UnknownFilter.
    """
    metric, since = metrics.get_metric(args.name), metrics.parse_date(args.since)
    if metric.is_by_household and role == "viewer":
        raise HouseholdsWithheld(name=metric.label)
    as_of = metrics.parse_date(args.as_of) if args.as_of else metric.default_day(con) or since  # of an empty database
    if as_of < since:
        raise SinceAfterDay(since=since, day=as_of)
    batch = args.since_batch if args.since_batch is not None else batch_log.last_batch_by(con, since)
    rows = row_changes.row_changes(con, metric, since, as_of, batch, role, **filters)
    parts = pd.DataFrame()
    if batch is not None:
        parts = row_changes.row_corrections(con, metric, since, batch, role, **filters)
    payload = {
        "name": metric.name, "since": since, "as_of": as_of, "since_batch": batch, "unit": metric.unit,
        "rows": _json_rows(rows), "corrections": _json_rows(parts),
    }  # fmt: skip
    print_note(_metric_heading(metric, read_data_origin(con, as_of, metric.ledgers)).into(args.lang))
    print_note(_comparison_text(since, as_of, batch, has_changes=len(rows) > 0).into(args.lang))
    for line in _target_changes(con, metric, since, as_of, batch, role) if metric.name in TARGETS else ():
        print_note(line.into(args.lang))
    print_result(payload, rows.to_dict("records"), args.json)
    if len(parts) and not args.json:
        print_result(None, parts.to_dict("records"), args.json)
    return DONE


def _target_changes(
    con: Connection, metric: Metric, since: date, as_of: date, since_batch: int | None, role: Role
) -> Iterator[Text]:
    """Yield a sentence for each target of a metric that has changed since a day, as the role may see what made it."""
    found = changes.target_changes(con, since, as_of, since_batch)
    names = changes.TARGET_PROGRESS.compute(con, as_of).rows[["target_id", "scope_name"]]
    causes = changes.target_causes(con, since, as_of, lambda con, part, day: part.compute(con, day, role))
    corrections = pd.DataFrame() if since_batch is None else changes.target_corrections(con, since, since_batch)
    yield from change_lines(found[found["metric"] == metric.name].merge(names, on="target_id"), causes, corrections)


def _comparison_text(since: date, as_of: date, batch: int | None, *, has_changes: bool) -> Text:
    """Return which days are compared, what was known then, and that nothing has changed where it is so."""
    known = phrases.NOTHING_KNOWN_THEN if batch is None else phrases.KNOWN_THEN
    said = [each.fill(since=since, as_of=as_of, batch=batch) for each in (phrases.COMPARED, known)]
    return join_texts([*said, *([] if has_changes else [phrases.NO_ROW_CHANGED])], Text("；", "; "))


def _json_rows(rows: pd.DataFrame) -> object:
    return json.loads(rows.to_json(orient="records", date_format="iso", force_ascii=False))


def _metric_heading(metric: Metric, origin: DataOrigin) -> Text:
    """Return what a metric is called and where its figures come from, as the title line of a page says it."""
    origin_text = data_origin_text(origin) if origin.as_of else phrases.NOTHING_YET
    sample_mark = [phrases.SAMPLE] if origin.is_sample else []
    return join_texts([metric.label, origin_text, *sample_mark], untranslated(" · "))


def write_briefing(args: argparse.Namespace, store: Store) -> int:
    """Write the briefing of a day as a Word document; raises NothingToBrief, CannotWrite.

    What draws it is loaded here only: no other verb waits for it.
    """
    from ui.documents import briefing_words, map_picture, svg_picture, written_briefing

    def ask(asked: Any, day: date) -> Any:
        return asked.compute(con, day, role)

    role, day = installed_role(), metrics.parse_date(args.as_of) if args.as_of else None
    with store.read() as con:
        found = briefing.briefing_results(con, args.kind, day, ask, partial(_work_out, con), map_picture.MAP_LISTINGS)
    write_output(args.output, written_briefing.written_briefing(found, args.lang))
    if not svg_picture.has_chinese_font():
        print_note(WARNING.fill(text=briefing_words.NO_FONT).into(args.lang))
    print_result({"file": args.output, "kind": found.kind, "as_of": found.as_of}, [], args.json)
    return DONE


def _work_out(con: Connection, work: Callable[..., pd.DataFrame], *chosen: object) -> pd.DataFrame:
    return work(con, *chosen)


def export_to_file(args: argparse.Namespace, store: Store) -> int:
    """Write a ledger as it stands, or as it stood after a batch; raises HouseholdsWithheld, UnknownBatch."""
    made = EXPORTS.get(Path(args.file).suffix.lower())
    if made is None:
        raise UnknownFormat(path=args.file)
    with store.read() as con:
        ledger, batch = dataset_named(args.dataset), args.after_batch
        if ledger.is_withheld and installed_role() == "viewer":
            raise HouseholdsWithheld(name=ledger.label)
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


def _remove_sample_ledgers(args: argparse.Namespace, store: Store) -> int:
    """Take all 示例 rows out; rows that a clerk changed since are kept."""
    undone = sample.remove_sample(store, Who(args.by or getpass.getuser(), origin="cli"))
    rows: list[dict[str, object]] = [
        {"dataset": name, "removed": undone.rows.get(name, 0), "kept": undone.kept.get(name, 0)}
        for name in {**undone.rows, **undone.kept}
    ]
    print_result({"removed": undone.rows, "kept": undone.kept}, rows, args.json)
    return DONE


def load_sample_ledgers(args: argparse.Namespace, store: Store) -> int:
    """Load the 示例 ledgers, or take all of them out again; raises StillUsed."""
    if args.remove:
        return _remove_sample_ledgers(args, store)
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
    if args.json:
        print_result({"disagreements": [{"zh": text.zh, "en": text.en} for text in found]}, [], args.json)
    else:
        print("\n".join(text.into(args.lang) for text in found))
    return REJECTED if found else DONE


def _with_store(verb: Callable[[argparse.Namespace, Store], int]) -> Callable[[argparse.Namespace], int]:
    def opened(args: argparse.Namespace) -> int:
        with open_store(args.db) as store:
            return verb(args, store)

    return opened


VERBS: command_line.Verbs = {
    "datasets": list_datasets,
    "metrics": list_metrics,
    "template": write_template,
    "check": _with_store(check_ledger_file),
    "load": _with_store(load_ledger_file),
    "photo": _with_store(load_photos),
    "history": _with_store(list_batches),
    "undo": _with_store(undo_load),
    "watch": _with_store(watch_inbox),
    "metric": _with_store(show_metric),
    "export": _with_store(export_to_file),
    "briefing": _with_store(write_briefing),
    "verify": _with_store(verify_database),
    "sample": _with_store(load_sample_ledgers),
}


def build_parser() -> argparse.ArgumentParser:
    """Return the grammar of the command line."""
    return command_line.build_parser(VERBS)


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the words of a command line."""
    return command_line.parse_arguments(build_parser(), argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; 0 done, 1 rows were rejected, 2 something cannot be used and one sentence says why."""
    args = parse_arguments(argv)
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads, such as head, has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except DashboardError as error:
        print_note(ERROR.fill(text=error.text).into(args.lang))
        return UNUSABLE
    return status


if __name__ == "__main__":
    sys.exit(main())
