"""Ways in which agents are led to abuse tools, a module for each family; `policyctl.catalog.attacks` picks what fits a tool."""
