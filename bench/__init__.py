"""What `make bench` measures: times beside a yardstick of the same run, so that they mean something on any machine."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Timing:
    """The seconds that one case took in each round."""

    case: str
    seconds: list[float]

    @property
    def median(self) -> float:
        return median(self.seconds)


@dataclass(frozen=True, slots=True)
class Result:
    """The timings of one measurement; the first case is the yardstick."""

    name: str
    title: str
    timings: list[Timing]

    def ratio(self, timing: Timing) -> float:
        return timing.median / self.timings[0].median

    def table(self) -> str:
        """Return the medians and their ratios to the yardstick, as lines of text."""
        rounds = len(self.timings[0].seconds)
        lines = [f"{self.title} (median of {rounds})", f"{'':<34}{'seconds':>9}{'ratio':>8}"]
        lines += [f"{t.case:<34}{t.median:>9.2f}{self.ratio(t):>8.2f}" for t in self.timings]
        return "\n".join(lines)

    def save(self) -> Path:
        """Write the result and the machine that it is from, and return the file."""
        RESULTS.mkdir(exist_ok=True)
        ratios = {t.case: self.ratio(t) for t in self.timings}
        machine = {"processors": os.cpu_count(), "python": platform.python_version()}
        versions = {name: version(name) for name in ("streamlit", "duckdb", "pandas")}
        path = RESULTS / f"{self.name}.json"
        path.write_text(json.dumps(asdict(self) | {"ratios": ratios} | machine | versions, indent=2) + "\n")
        return path
