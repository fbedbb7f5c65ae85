"""What `policyctl fmt` did."""
