"""The one door through which data come in: read, check, compare, commit, undo."""
