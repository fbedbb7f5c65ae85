"""The site as a file: markup, style, script and data together, held by a policy that lets nothing else in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

from policyctl import __version__
from policyctl.report.catalog.show.result import Shown, ToolPage
from policyctl.report.catalog.site.data import embedded
from policyctl.report.catalog.site.overview import overview
from policyctl.report.catalog.site.row import rows

_STYLES = ("theme.css", "frame.css", "list.css", "page.css")
#: What runs before the list is read.
_FIRST = "first.js"
_SCRIPTS = ("dom.js", "page.js", "browse.js", "start.js")


def render(shown: Shown, pages: Sequence[ToolPage]) -> str:
    """The whole document; equal catalogs give equal bytes."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = "\n" + "\n".join(map(_asset, _STYLES))
    first = "\n" + _asset(_FIRST)
    script = "\n" + "\n".join(map(_asset, _SCRIPTS))
    return environment.get_template("site.html.jinja").render(
        # Our own files, and data in which nothing is left that could end its element.
        style=Markup(style),  # noqa: S704
        first=Markup(first),  # noqa: S704
        script=Markup(script),  # noqa: S704
        data=Markup(embedded(pages)),  # noqa: S704
        content_policy=_content_policy(style, first, script),
        overview=overview(shown),
        rows=rows(pages),
        version=__version__,
    )


def _asset(name: str) -> str:
    return (files("policyctl.report.catalog.site") / name).read_text("utf-8")


def _content_policy(style: str, *scripts: str) -> str:
    """Nothing is loaded, and of style and script only these; no text can become markup by way of the script either."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_source(style)}",
            " ".join(("script-src", *map(_source, scripts))),
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _source(text: str) -> str:
    """What a content policy calls an element with this text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
