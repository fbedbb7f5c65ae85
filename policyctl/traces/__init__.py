"""Recorded calls in any format: a stream of calls, and an account of what could not be read."""
