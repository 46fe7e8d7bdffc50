"""Ledgers of 五水共治: one in a file that bears its name."""
