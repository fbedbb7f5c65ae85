"""What `policyctl catalog import` did."""
