"""A task in a process of its own, with what it took: `python -m bench.process bench.load:load DATABASE FILE`."""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(slots=True)
class Meter:
    """Seconds on the clock and of CPU in the measured part of a task, other figures of it, and the process's peak."""

    seconds: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    figures: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure the block, all threads of the process included; what stands outside is preparation."""
        began, used = perf_counter(), _cpu_seconds()
        yield
        self.seconds, self.cpu = perf_counter() - began, _cpu_seconds() - used

    def as_json(self) -> dict[str, object]:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_UNIT / 1e6
        return {"seconds": self.seconds, "cpu": self.cpu, "peak": peak, "figures": self.figures}


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def run_task(task: str, *arguments: object) -> Meter:
    """Run `module:function` in a fresh process, so that memory and caches of earlier tasks do not count."""
    command = [sys.executable, "-m", "bench.process", task, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")
    return Meter(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Run the named task with a meter and its words, and print what it took as the last line."""
    module, _, function = sys.argv[1].partition(":")
    meter = Meter()
    getattr(importlib.import_module(module), function)(meter, *sys.argv[2:])
    print(json.dumps(meter.as_json()))


if __name__ == "__main__":
    main()
