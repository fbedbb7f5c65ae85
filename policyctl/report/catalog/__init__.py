"""Reports about tools and their classes."""
