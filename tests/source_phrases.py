"""The phrases of the house as its source has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.serving import ROOT


@cache
def sources(*rooms: str) -> tuple[Path, ...]:
    found = [ROOT / room for room in rooms]
    return tuple(path for room in found for path in ([room] if room.is_file() else sorted(room.rglob("*.py"))))


def phrases_of(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield both halves of every phrase of a file."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Text", "verbatim") and len(call.args) == 2:
            yield call.args[0], call.args[1]


def literals(node: ast.AST) -> Iterator[ast.Constant]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


@cache
def chinese_halves(*rooms: str) -> frozenset[str]:
    """Return the Chinese halves of all phrases without blanks."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sources(*rooms))
    return frozenset(str(each.value) for tree in trees for half, _ in phrases_of(tree) for each in literals(half))
