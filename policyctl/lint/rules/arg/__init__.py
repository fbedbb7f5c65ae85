"""Rules about arguments and their types."""
