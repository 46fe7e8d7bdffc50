"""The folder door: files named by ledger are loaded as they arrive."""
