"""How data come in: read, check, compare, commit, undo."""
