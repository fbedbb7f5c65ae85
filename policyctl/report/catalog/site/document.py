"""The site as a file: markup, style, script and data together."""

from __future__ import annotations

from collections.abc import Sequence

from policyctl import __version__
from policyctl.report.catalog.show.result import Shown, ToolPage
from policyctl.report.catalog.site.data import embedded
from policyctl.report.catalog.site.overview import overview
from policyctl.report.catalog.site.row import rows
from policyctl.report.web.document import asset, draw, style_of

_STYLES = ("list.css", "page.css")
#: What runs before the list is read.
_FIRST = "first.js"
_SCRIPTS = ("dom.js", "page.js", "browse.js", "start.js")


def render(shown: Shown, pages: Sequence[ToolPage]) -> str:
    """The whole document; equal catalogs give equal bytes."""
    from markupsafe import Markup

    package = __package__
    script = "\n" + "\n".join(asset(package, name) for name in _SCRIPTS)
    return draw(
        package,
        "site.html.jinja",
        style=style_of(package, _STYLES),
        scripts=("\n" + asset(package, _FIRST), script),
        # Nothing is left in it that could end its element.
        data=Markup(embedded(pages)),  # noqa: S704
        overview=overview(shown),
        rows=rows(pages),
        version=__version__,
    )
