"""Frozen values that every analysis shares: policy, call, decision, catalog."""
