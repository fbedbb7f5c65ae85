"""Text to plain data with the place of everything in it."""
