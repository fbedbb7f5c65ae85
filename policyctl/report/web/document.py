"""A document in one file, held by a policy that lets nothing else in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

#: Style sheets that every document starts with.
SHARED_STYLES = ("theme.css", "frame.css")


def asset(package: str, name: str) -> str:
    """A file of ours that lies beside the code of a package."""
    return (files(package) / name).read_text("utf-8")


def style_of(package: str, names: Sequence[str]) -> str:
    """The shared style sheets and those of the package, as they stand in the document."""
    shared = [asset(__package__, name) for name in SHARED_STYLES]
    return "\n" + "\n".join((*shared, *(asset(package, name) for name in names)))


def draw(package: str, template: str, *, style: str, scripts: Sequence[str] = (), **shown: object) -> str:
    """The document; all that is shown is escaped, but for the style and the scripts, which are our own files.

    The template names the scripts by their numbers.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FunctionLoader(lambda name: asset(package, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(
        style=Markup(style),  # noqa: S704
        scripts=[Markup(script) for script in scripts],  # noqa: S704
        content_policy=_content_policy(style, scripts),
        **shown,
    )


def _content_policy(style: str, scripts: Sequence[str]) -> str:
    """Nothing is loaded, and of style and script only these; no text can become markup by way of a script either."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_source(style)}",
            *([" ".join(("script-src", *map(_source, scripts)))] if scripts else []),
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
