"""Operations of razing: how many, who took part, what must be 0 and is not."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data.result_rows import total_rows
from data.text import Text, untranslated
from ui import formats
from ui.results import DatedResult

ALARMS = (
    ("accidents", Text("安全事故 {count} 起", "accidents: {count}")),
    ("forced_out_of_hours", Text("夜间或节假日强拆 {count} 次", "by force at night or on holidays: {count}")),
)
OPERATIONS = Text(
    "拆除行动与安全：{operations} 次，安全事故 {accidents}，夜间或节假日强拆 {forced}",
    "Operations and safety: {operations}, accidents {accidents}, by force at night or on holidays {forced}",
)
NO_OPERATIONS = Text("拆除行动与安全：没有登记行动", "Operations and safety: none on record")
NOT_FILLED_IN = Text("没登记", "not filled in")
ALL_OPERATIONS = Text("全部行动", "All operations")
TEAM_SAID = Text(
    "参加 {teams} 个小组，车辆 {vehicles}，机械 {machines}；到场单位见下表",
    "teams {teams}, vehicles {vehicles}, machines {machines}; who was present stands in the table",
)
WEEKEND_SAID = Text("周末强拆 {count} 次：休息日，法律没有禁止，另列", "by force on weekends: {count}, not forbidden")
HOUR_UNKNOWN = Text("{count} 次强拆没写时刻，看不出是不是夜间", "by force with the hour not written: {count}")
OPERATION_COLUMNS = (
    *("operation_id", "started_at", "ended_at", "kind", "village", "project", "team", "departments", "razed_area"),
    *("is_waste_cleared", "accidents", "note"),
)
SAFETY_COLUMNS = (
    *("kind", "operations", "razed_area", "teams", "vehicles", "machines", "departments", "accidents"),
    *("forced_at_night", "forced_on_holiday", "forced_on_weekend", "hour_unknown", "waste_cleared", "waste_known"),
    "waste_rate",
)


def whole_row(result: DatedResult) -> pd.Series | None:
    """Return the row of everything, None where there are no rows."""
    rows = total_rows(result.rows)
    return rows.iloc[0] if len(rows) else None


def alarm_texts(safety: DatedResult) -> Iterator[Text]:
    """Yield what must be 0 and is not."""
    whole = whole_row(safety)
    for name, said in ALARMS:
        if whole is not None and whole[name] > 0:
            yield said.fill(count=int(whole[name]))


def operations_label(safety: DatedResult) -> Text:
    """Return the name of the folded part: how many operations, and what must be 0."""
    whole = whole_row(safety)
    if whole is None:
        return NO_OPERATIONS
    unknown = formats.is_missing(whole["accidents"])
    return OPERATIONS.fill(
        operations=int(whole["operations"]),
        accidents=NOT_FILLED_IN if unknown else untranslated(f"{int(whole['accidents'])}"),
        forced=int(whole["forced_out_of_hours"]),
    )


def operation_notes(safety: DatedResult) -> list[Text]:
    """Say who took part, and what of the hours of force is beside the law or not known."""
    whole = whole_row(safety)
    if whole is None:
        return []
    numbers = {name: formats.format_count(whole[name]) for name in ("teams", "vehicles", "machines")}
    beside = (("forced_on_weekend", WEEKEND_SAID), ("hour_unknown", HOUR_UNKNOWN))
    return [
        TEAM_SAID.fill(**numbers),
        *(said.fill(count=int(whole[name])) for name, said in beside if whole[name] > 0),
    ]
