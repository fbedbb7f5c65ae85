"""Policy as code for the tool calls of AI agents."""

__version__ = "0.1.0"

#: Version of the meaning that policyctl gives to a policy (docs/semantics.md); reports name it.
SEMANTICS = "1"
