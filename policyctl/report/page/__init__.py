"""A report as sections of sentences and tables, and how they look on a terminal and in Markdown."""
