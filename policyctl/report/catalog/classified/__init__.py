"""What `policyctl catalog classify` found."""
