<<<<<<< HEAD
"""What the metrics of 三改一拆 make of the rows of their queries."""
=======
"""Arithmetic of 三改一拆 that SQL cannot say well."""
>>>>>>> demolition
