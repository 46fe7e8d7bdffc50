"""What SQL cannot say well of 三改一拆: clocks of the law."""
