"""One rule a file, one folder a family."""
