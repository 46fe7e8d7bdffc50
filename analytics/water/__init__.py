"""The arithmetic of water that SQL does not say well: trends, steps, means, 黑臭, grades, and sentences."""
