"""Rules about logic: what never decides, or always does."""
