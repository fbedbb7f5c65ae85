"""Assertions about a policy, proved for every call there can be or shown to fail by a call."""
