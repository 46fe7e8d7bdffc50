"""What the pages of 总览 are made of."""
