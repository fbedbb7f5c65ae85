"""Tests of the partition of all calls."""
