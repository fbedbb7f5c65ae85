"""Reports of `policyctl simulate`."""
