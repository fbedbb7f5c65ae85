"""One call under one policy: pure, but for the ledger, which is the only state."""
