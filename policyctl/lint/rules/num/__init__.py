"""Rules about numbers and money."""
