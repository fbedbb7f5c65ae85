"""What changes for recorded calls if one policy takes the place of another (replay and diff §3)."""
