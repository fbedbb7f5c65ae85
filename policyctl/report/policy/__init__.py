"""A policy as the text of a file, written whole or added to one that is there."""
