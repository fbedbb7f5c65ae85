"""Rules about flows from tool to tool, and ways around a denial."""
