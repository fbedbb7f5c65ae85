"""Diagnostics of any command, in the forms that people and programs read."""
