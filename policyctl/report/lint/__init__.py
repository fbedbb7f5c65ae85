"""What `policyctl lint` found."""
