"""What `policyctl recommend` says about the policies that it writes."""
