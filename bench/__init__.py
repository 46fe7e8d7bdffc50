"""What `make bench` measures: costs beside a yardstick of the same run, so that they mean something on any machine."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

RESULTS = Path(__file__).parent / "results"
COLUMNS = f"{'seconds':>9}{'CPU s':>9}{'peak MB':>9}{'ratio':>8}  goal"


@dataclass(frozen=True, slots=True)
class Timing:
    """What one case took in each round: seconds, and where they are measured seconds of CPU and peak memory in MB.

    `beside` names the case that it is compared with, the first one unless said; `goal` and `peak_goal` are the
    greatest ratio and peak that the requirement allows.
    """

    case: str
    seconds: list[float]
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    beside: str = ""
    goal: float | None = None
    peak_goal: float | None = None

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def cost(self) -> float:
        """What ratios are made of: CPU where it is measured, for other programs may be running."""
        return median(self.cpu or self.seconds)


@dataclass(frozen=True, slots=True)
class BenchResult:
    """The timings of one measurement; the first case is the yardstick."""

    name: str
    title: str
    timings: list[Timing]

    def ratio(self, timing: Timing) -> float:
        yardstick = next((t for t in self.timings if t.case == timing.beside), self.timings[0])
        return timing.cost / yardstick.cost

    def table(self) -> str:
        """Return the medians and their ratios to the yardstick, as lines of text."""
        rounds = len(self.timings[0].seconds)
        lines = [f"{self.title} (median of {rounds})", f"{'':<42}{COLUMNS}"]
        return "\n".join([*lines, *(self._line(t) for t in self.timings)])

    def _line(self, timing: Timing) -> str:
        cpu = f"{median(timing.cpu):9.2f}" if timing.cpu else " " * 9
        peak = f"{max(timing.peak):9.0f}" if timing.peak else " " * 9
        goals = [f"≤ {timing.goal:g}" if timing.goal else "", f"{timing.peak_goal:g} MB" if timing.peak_goal else ""]
        told = ", ".join(filter(None, goals))
        return f"{timing.case:<42}{timing.median:9.3f}{cpu}{peak}{self.ratio(timing):8.2f}  {told}"

    def save(self) -> Path:
        """Write the result and the machine that it is from, and return the file."""
        ratios = {t.case: self.ratio(t) for t in self.timings}
        return save_measured(self.name, asdict(self) | {"ratios": ratios})


def save_measured(name: str, measured: dict[str, Any]) -> Path:
    """Write what was measured and the machine that it is from, and return the file."""
    RESULTS.mkdir(exist_ok=True)
    machine = {"processors": os.cpu_count(), "python": platform.python_version()}
    versions = {package: version(package) for package in ("streamlit", "duckdb", "pandas")}
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(measured | machine | versions, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
