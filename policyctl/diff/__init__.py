"""What changes for whom between two policies, over all calls, with a smallest call for every difference."""
