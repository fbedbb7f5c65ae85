"""What `policyctl check` proved."""
