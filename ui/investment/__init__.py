"""What the pages of 招商引资 are made of."""
