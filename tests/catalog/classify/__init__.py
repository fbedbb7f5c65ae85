"""How tools get their class."""
