"""What the pages of the ledgers are made of: update, batches and undo, dictionary."""
