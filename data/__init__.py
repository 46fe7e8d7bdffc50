"""What the data are and how they get in."""
