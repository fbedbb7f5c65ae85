"""Catalogs as one HTML file that needs no network: every tool with its page, to search and to filter."""
