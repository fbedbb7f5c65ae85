"""What the engine answers, held against language.md: tables, laws, and models that are too plain to be wrong."""
