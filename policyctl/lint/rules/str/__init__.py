"""Rules about tests of texts."""
