"""Rules about the document as it is written."""
