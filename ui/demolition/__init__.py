"""What the pages of 三改一拆 are made of."""
