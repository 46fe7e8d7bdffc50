"""Do the 80 % intervals of the signing forecast hold what comes, of projects of a nature that it was not tuned on?"""

from __future__ import annotations

from tests.signing_generators import TRIED, tried_forecasts

LEAST, MOST, WIDEST_ERROR = 0.75, 0.95, 4.0


def report_coverage(runs: int, seed: int) -> list[str]:
    """Try forecasts of every kind of project and return a line of each; one outside of the limits ends the trial."""
    lines = []
    for name in TRIED:
        tried = tried_forecasts(name, runs, seed)
        line = f"{name:24} {tried}"
        assert all(LEAST <= share <= MOST for share in tried.coverage.values()), line
        assert all(error <= WIDEST_ERROR for error in tried.error.values()), line
        lines.append(line)
    return lines
