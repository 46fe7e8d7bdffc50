"""Ledgers of 三改一拆: one in a file that bears its name."""
