"""What may not come in: columns and cells that tell of a person."""
