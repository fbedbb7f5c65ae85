"""The commands of `policyctl catalog`."""
