"""Catalogs as tables, and one tool on a page of its own."""
