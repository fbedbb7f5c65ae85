"""Mistakes of a policy that the language does not forbid."""
