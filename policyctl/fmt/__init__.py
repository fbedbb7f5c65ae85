"""Policies in canonical order and spelling: text in, text out, and every decision stays what it was."""
