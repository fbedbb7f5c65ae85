"""What a result looks like; the only part that draws."""
