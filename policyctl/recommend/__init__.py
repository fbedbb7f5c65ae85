"""Default rules for the tools of a server, with a reason for each."""
