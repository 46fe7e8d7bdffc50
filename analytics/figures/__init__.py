"""The list of figures, a file for each line of work."""
