"""The first files of a project, and what became of them."""
