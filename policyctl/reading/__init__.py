"""Documents to the model, or to located diagnostics: the only code that indexes raw data."""
