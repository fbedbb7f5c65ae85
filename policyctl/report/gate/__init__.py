"""One verdict on a change of policies, in every format."""
