"""Ledgers of 招商引资: one in a file that bears its name."""
