"""The effective configuration."""
