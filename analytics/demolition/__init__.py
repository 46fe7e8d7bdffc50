"""What the metrics of 三改一拆 make of the rows of their queries."""
