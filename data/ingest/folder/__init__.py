"""The watched folder: files named by ledger are loaded as they arrive."""
