"""What the data mean: named queries and the metrics made of them."""
