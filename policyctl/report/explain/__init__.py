"""How one call was decided."""
