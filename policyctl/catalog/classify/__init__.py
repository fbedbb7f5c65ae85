"""What tools can do and how risky that is, from their definitions alone: offline, deterministic, with the evidence."""

from policyctl.catalog.classify.override import classify_catalog
from policyctl.catalog.classify.tool import classify
from policyctl.model.override import NO_OVERRIDES, Override, Overrides

__all__ = ["NO_OVERRIDES", "Override", "Overrides", "classify", "classify_catalog"]
