"""Where lists of tools come from: results of `tools/list`, captures, arrays and lines of tools, catalogs."""
