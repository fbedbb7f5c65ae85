"""Files and configuration: the only part that touches the disk."""
