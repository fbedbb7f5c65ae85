"""What in a tool's definition may be there to deceive a person or a model."""
