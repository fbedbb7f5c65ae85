"""How long `policyctl recommend` takes over catalogs of growing size, against a process that only parses them."""

from __future__ import annotations

from collections.abc import Iterator

import growing
from catalogs import catalog_file
from figures import Setting, Table
from workloads import POLICYCTL, line, measuring

SIZES = (100, 1_000, 10_000)
QUICK_SIZES = (100,)


def chapter(setting: Setting) -> Iterator[Table]:
    """Over the number of tools."""
    figures = []
    for size in QUICK_SIZES if setting.quick else SIZES:
        name = f"{size:,} tools"
        if setting.wants("recommend", name):
            measuring(f"recommend for {name}")
            catalog = catalog_file(size)
            ours = line(POLICYCTL, "recommend", "--catalog", catalog, "--profile", "tool-page", "--quiet")
            figures.append(growing.figure(name, size, ours, (catalog,)))
    yield growing.table(
        "recommend",
        "Recommend over the size of a catalog",
        "`policyctl recommend`, which gives every tool its class first, against `json.loads` of the catalog in a process of its "
        "own.",
        figures,
    )
