"""Reports of `policyctl simulate --base`."""
