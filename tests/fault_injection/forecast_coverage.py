"""Do the 80 % intervals of the signing forecast hold what comes, of projects of many natures?"""

from __future__ import annotations

from tests.signing_generators import TRIED, tried_forecasts

LEAST, MOST, WIDEST_ERROR = 0.75, 0.95, 4.0
PLAY = 0.55  # ÷ √runs: two standard errors of a share of 92 %


def report_coverage(runs: int, seed: int) -> list[str]:
    """Try forecasts of every kind of project and return a line of each; one outside of the limits ends the trial."""
    lines, play = [], PLAY / runs**0.5
    for name in TRIED:
        tried = tried_forecasts(name, runs, seed)
        line = f"{name:24} {tried}"
        assert all(LEAST - play <= share <= MOST + play for share in tried.coverage.values()), line
        assert all(error <= WIDEST_ERROR for error in tried.error.values()), line
        lines.append(line)
    return lines
