"""All analyses of a change of policies, and one verdict about it."""
