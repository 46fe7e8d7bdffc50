"""Every failure that a reader may see, with its sentence in both languages."""

from __future__ import annotations

from typing import ClassVar

from data.text import Text


class DashboardError(Exception):
    """A failure that is told to the reader in one sentence; `text` holds it."""

    sentence: ClassVar[Text]

    def __init__(self, **blanks: object) -> None:
        self.text = self.sentence.fill(**blanks)
        super().__init__(f"{self.text.zh} / {self.text.en}")


class EmptyFile(DashboardError):
    sentence = Text("文件“{name}”是空的。", "The file “{name}” is empty.")


class NoRows(DashboardError):
    sentence = Text("文件“{name}”只有表头，没有数据行。", "The file “{name}” has a header but no rows.")


class NotText(DashboardError):
    sentence = Text(
        "文件“{name}”不是表格文本（{found}），请在 Excel 或 WPS 里另存为 CSV 再上传。",
        "The file “{name}” is not a text table ({found}); save it as CSV in Excel or WPS and try again.",
    )


class UnknownEncoding(DashboardError):
    sentence = Text(
        "认不出文件“{name}”的文字编码：不是 UTF-8、GB18030（GBK）或 UTF-16。",
        "The encoding of “{name}” is not UTF-8, GB18030 (GBK) or UTF-16.",
    )


class DamagedText(DashboardError):
    sentence = Text(
        "文件“{name}”像是 UTF-8，但有 {count} 处字节损坏，请重新导出后再上传。",
        "The file “{name}” looks like UTF-8 but has {count} broken places; export it again and try once more.",
    )


class UnknownUnit(DashboardError):
    sentence = Text(
        "文件“{name}”的表头“{heading}”：单位“{unit}”不能换算成“{label}”的单位（{known}）。",
        "The heading “{heading}” of “{name}”: the unit “{unit}” cannot be converted to that of “{label}” ({known}).",
    )


class UnknownFormat(DashboardError):
    sentence = Text("只能导出 .csv 文件，不能导出“{path}”。", "Only .csv files can be exported, not “{path}”.")


class UnclosedQuote(DashboardError):
    sentence = Text(
        "文件“{name}”第 {line} 行起有一个没有配对的双引号，后面的内容无法分列。",
        "From line {line} of “{name}” a double quote is never closed, so the rest cannot be split into columns.",
    )


class RaggedRows(DashboardError):
    sentence = Text(
        "文件“{name}”有 {count} 行的列数和表头（{width} 列）不一致：第 {lines} 行。",
        "{count} rows of “{name}” do not have the {width} columns of the header: lines {lines}.",
    )


class WrongLedger(DashboardError):
    sentence = Text(
        "文件“{name}”的表头不像“{dataset}”：缺少必填列 {missing}。{hint}",
        "The header of “{name}” does not look like “{dataset}”: required columns are missing: {missing}. {hint}",
    )


class RepeatedColumn(DashboardError):
    sentence = Text(
        "文件“{name}”有两列都是“{column}”：“{first}”和“{second}”，请删去一列。",
        "Two columns of “{name}” are both “{column}”: “{first}” and “{second}”; remove one of them.",
    )


class UnknownDataset(DashboardError):
    sentence = Text("没有叫“{name}”的台账。现有：{known}。", "There is no ledger “{name}”. There are: {known}.")


class UnknownMetric(DashboardError):
    sentence = Text("没有叫“{name}”的指标。现有：{known}。", "There is no metric “{name}”. There are: {known}.")


class UnknownFilter(DashboardError):
    sentence = Text(
        "指标“{metric}”的结果没有“{name}”这一列，不能按它筛选。可用：{known}。",
        "The metric “{metric}” has no column “{name}” to filter by. There are: {known}.",
    )


class NotADate(DashboardError):
    sentence = Text(
        "“{value}”不是日期，请写成 2014-06-30 的样子。", "“{value}” is not a date; write it like 2014-06-30."
    )


class UnknownBatch(DashboardError):
    sentence = Text("没有批次 {batch}。", "There is no batch {batch}.")


class AlreadyUndone(DashboardError):
    sentence = Text("批次 {batch} 已经撤销过了。", "Batch {batch} has been undone already.")


class ChangedSince(DashboardError):
    sentence = Text(
        "批次 {batch} 不能撤销：其中 {rows} 行后来又被批次 {later} 改过（{dataset}）。请先撤销后面的批次。",
        "Batch {batch} cannot be undone: {rows} of its rows were changed later by batch {later} ({dataset}). "
        "Undo the later batch first.",
    )


class StillUsed(DashboardError):
    sentence = Text(
        "批次 {batch} 不能撤销：它登记的 {rows} 行“{parent}”还被“{child}”用着。请先撤销用到它们的批次。",
        "Batch {batch} cannot be undone: {rows} rows of “{parent}” that it added are still used by “{child}”. "
        "Undo the batches that use them first.",
    )


class DatabaseInUse(DashboardError):
    sentence = Text(
        "数据库“{path}”正被另一个程序占用（{holder}），请先关闭它再试。",
        "The database “{path}” is in use by another program ({holder}); close it and try again.",
    )


class NotADatabase(DashboardError):
    sentence = Text("“{path}”不能作为数据库打开：{reason}", "“{path}” cannot be opened as the database: {reason}")


class NewerDatabase(DashboardError):
    sentence = Text(
        "数据库“{path}”是第 {found} 版，比本程序的第 {known} 版新，请升级程序。",
        "The database “{path}” is of version {found}, newer than this program's {known}; upgrade the program.",
    )


class DatabaseBusy(DashboardError):
    sentence = Text(
        "另一个人正在提交数据，等了一会儿仍没轮到，请再试一次。",
        "Somebody else is committing data and the wait was too long; please try again.",
    )


class NoSuchFile(DashboardError):
    sentence = Text("读不到文件“{path}”。", "The file “{path}” cannot be read.")


class CannotWrite(DashboardError):
    sentence = Text("写不了文件“{path}”：{reason}", "The file “{path}” cannot be written: {reason}")


class BadYear(DashboardError):
    sentence = Text(
        "年份“{value}”不对，请写 4 位数字，如 2021。", "The year “{value}” is wrong; write four digits, such as 2021."
    )
