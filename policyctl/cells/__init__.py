"""The exact partition of all calls: is there one that passes these conditions and not those, and which is the smallest."""
