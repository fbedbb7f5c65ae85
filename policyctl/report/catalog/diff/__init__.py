"""What `policyctl catalog diff` found."""
