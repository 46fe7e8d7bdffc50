"""What only the pages of 五水共治 need: their phrases, their sentences, their charts."""
