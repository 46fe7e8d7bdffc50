"""What a cell says: numbers, days, words, and the SQL that reads them all at once."""
