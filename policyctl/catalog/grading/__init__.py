"""What a policy makes of changes of the tools that it governs."""
