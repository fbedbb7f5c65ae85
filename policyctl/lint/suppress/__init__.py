"""Findings that are known and accepted, and how such words are kept from rotting."""
