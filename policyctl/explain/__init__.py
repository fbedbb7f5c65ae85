"""One call, step by step: what each stage of the engine saw, and what came of it."""
