"""Rules about the catalog itself."""
