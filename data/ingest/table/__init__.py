"""Where the table of a file is, and which column of the ledger each heading means."""
