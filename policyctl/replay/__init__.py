"""Calls × policies to decisions and counts: the only loop over calls."""
