"""The 示例 ledgers that ship with the project, and the seeded generator that writes them."""

from pathlib import Path

FOLDER = Path(__file__).parent


def sample_path(ledger: str) -> Path | None:
    """Return where the 示例 rows of a ledger lie; None for a ledger that has none and is simply empty."""
    path = FOLDER / f"{ledger}.csv"
    return path if path.exists() else None
