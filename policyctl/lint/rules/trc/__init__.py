"""Rules about what recorded calls show."""
