"""Which rows may go in, and what is wrong with the others."""
