"""The words that speak for a class, one small file a family; who disagrees with a class changes a line here.

A word belongs here if a stranger would read it so in any tool of any server. One that is right for a single tool is wrong.
"""
