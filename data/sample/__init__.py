"""The 示例 ledgers that ship with the project, and the seeded generator that writes them."""

from pathlib import Path

FOLDER = Path(__file__).parent
