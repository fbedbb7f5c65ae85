"""Rules about names of tools."""
