"""What is different between two definitions of a tool."""
