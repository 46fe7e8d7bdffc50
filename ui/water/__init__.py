"""What the pages of 五水共治 are made of."""
