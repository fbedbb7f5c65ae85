"""Rules about limits and counters."""
