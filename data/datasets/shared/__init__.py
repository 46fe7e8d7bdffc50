"""Ledgers that all lines of work lean on: one in a file that bears its name."""
