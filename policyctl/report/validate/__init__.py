"""What `policyctl validate` found."""
