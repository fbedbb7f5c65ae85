"""The site: nothing of a catalog becomes markup, and nothing is loaded from anywhere."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from policyctl.catalog.select import Selection
from policyctl.cli.catalog.pages import pages
from policyctl.model.catalog import Catalog, Risk
from policyctl.report.catalog.show.result import Shown
from policyctl.report.catalog.site.document import render

if TYPE_CHECKING:
    from tests.report.catalog.conftest import Show

ASSETS = files("policyctl.report.catalog.site")
THEME = (files("policyctl.report.web") / "theme.css").read_text("utf-8")
VOID = {"meta", "link", "input", "wbr", "rect", "path", "circle", "br"}


@dataclass
class Parsed(HTMLParser):
    """Elements with their attributes, the texts of scripts and styles, all other text, and whether all were closed."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    raw: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"script", "style"}:
            self.raw.setdefault(self.open[-1], []).append(data)
        else:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    @property
    def data(self) -> Any:
        return json.loads(self.raw["script"][1])


def site(shown: Shown) -> str:
    return render(shown, tuple(pages(shown.entries)))


def parsed(document: str) -> Parsed:
    parser = Parsed()
    parser.feed(document)
    parser.close()
    assert parser.open == []
    return parser


@pytest.fixture(scope="module")
def honest(bank: Catalog, show: Show) -> str:
    return site(show(bank))


@pytest.fixture(scope="module")
def attacked(hostile: Catalog, bank: Catalog, show: Show) -> str:
    return site(show(hostile, bank))


def test_a_hostile_catalog_makes_the_same_kinds_of_elements_as_an_honest_one(
    bank: Catalog, honest: str, attacked: str, show: Show
) -> None:
    alone = {(tag, key) for tag, attributes in parsed(honest).elements for key in attributes}
    found = {(tag, key) for tag, attributes in parsed(attacked).elements for key in attributes}
    assert found - alone == set()
    assert {tag for tag, _ in parsed(attacked).elements} - {"i"} <= {tag for tag, _ in parsed(honest).elements}
    # Three scripts: the data and two of our own.
    assert [tag for tag, _ in parsed(attacked).elements].count("script") == 3


def test_nothing_is_loaded_and_no_address_leaves_the_file(attacked: str, honest: str) -> None:
    for document in (attacked, honest):
        for tag, attributes in parsed(document).elements:
            assert not {"src", "srcset", "action", "formaction", "style", "background", "ping"} & attributes.keys()
            assert not [key for key in attributes if key.startswith("on")]
            if "href" in attributes:
                href = attributes["href"] or ""
                assert href.startswith("#") or (tag == "link" and href.startswith("data:image/svg+xml,"))
        style = "".join(parsed(document).raw["style"])
        assert not re.search(r"url\(|@import|expression|image-set", style)


def test_the_links_that_the_script_makes_lead_to_the_lists_of_attacks_alone(attacked: str) -> None:
    data = parsed(attacked).data
    addresses = {address for attack in data["attacks"].values() for _, _, address in attack["refs"]}
    hosts = {re.match(r"https://([a-z.]+)/", address)[1] for address in addresses}  # type: ignore[index]
    assert hosts == {"owasp.org", "genai.owasp.org", "atlas.mitre.org", "cwe.mitre.org"}
    script = "".join((ASSETS / name).read_text("utf-8") for name in ("dom.js", "page.js", "browse.js", "start.js"))
    assert re.findall(r"\.href = (.*);", script) == ['"#"', "address", '"#" + data.tools[place].link']


def test_the_script_never_parses_markup_or_talks_to_anybody() -> None:
    for asset in ASSETS.iterdir():
        if asset.name.endswith(".js"):
            text = asset.read_text("utf-8")
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacent|document\.write|DOMParser|eval\(|new Function|import\(|srcdoc"
                r"|fetch\(|XMLHttp|WebSocket|EventSource|sendBeacon|createObjectURL|window\.open|\.src\b|setAttribute\(\"on",
                text,
            )


def test_the_content_policy_allows_this_style_and_this_script_alone(attacked: str) -> None:
    found = parsed(attacked)
    policy = next(
        attributes["content"]
        for tag, attributes in found.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.split(" ", 1) for rule in (policy or "").split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == f"'{digest(''.join(found.raw['style']))}'"
    assert rules["script-src"] == f"'{digest(found.raw['script'][0])}' '{digest(found.raw['script'][-1])}'"
    assert rules["require-trusted-types-for"] == "'script'"
    assert rules["img-src"] == "data:"
    # It has to stand before what it is about.
    assert attacked.index("Content-Security-Policy") < attacked.index("<style>")


def digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def test_the_data_cannot_end_its_element_and_says_what_the_catalog_says(attacked: str, hostile: Catalog) -> None:
    raw = parsed(attacked).raw["script"][1]
    assert not set("<>&\u2028\u2029") & set(raw)
    names = {tool["name"] for tool in json.loads(raw)["tools"]}
    assert {"<script>alert(1)</script>", "__proto__", "pay\\u202egnp.exe", "(no name)"} <= names


def test_no_character_hides_or_turns_the_text(attacked: str) -> None:
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\x00-\x08\x1b]", attacked)


def test_without_the_script_the_list_is_complete(honest: str, bank: Catalog) -> None:
    words = "".join(parsed(honest).texts)
    for tool in bank.tools.values():
        assert tool.name in words
    rows = [attributes for tag, attributes in parsed(honest).elements if attributes.get("class") == "row"]
    assert len(rows) == len(bank.tools)
    assert "JavaScript" in words


def test_a_link_to_a_tool_is_the_place_of_its_row(attacked: str, hostile: Catalog) -> None:
    elements = parsed(attacked).elements
    places = [attributes["id"] for tag, attributes in elements if tag == "li" and "id" in attributes]
    links = [(attributes["href"] or "")[1:] for _, attributes in elements if attributes.get("class") == "row"]
    assert places == links == [tool["link"] for tool in parsed(attacked).data["tools"]]
    assert len(set(links)) == len(links)
    named = {unquote(link.split("&")[0].removeprefix("tool=")) for link in links}
    assert hostile.tools.keys() <= named


def test_related_tools_are_named_by_their_place(honest: str) -> None:
    tools = parsed(honest).data["tools"]
    for tool in tools:
        for place, name, *_ in tool["related"]:
            assert tools[place]["name"] == name


def test_the_policies_on_the_site_are_those_of_the_other_reports(honest: str) -> None:
    for tool in parsed(honest).data["tools"]:
        for text in (*(rule[-1] for rule in tool["rules"]), *(way[-1] for way in tool["ways"])):
            assert json.loads(text)["version"] == "1"


def test_controls_and_landmarks_say_what_they_are(honest: str) -> None:
    elements = parsed(honest).elements
    toggles = [attributes for tag, attributes in elements if "toggle" in (attributes.get("class") or "").split()]
    assert toggles
    assert {attributes["aria-pressed"] for attributes in toggles} == {"false"}
    assert any(attributes.get("aria-live") == "polite" for _, attributes in elements)
    assert {"header", "main", "footer", "h1", "label", "noscript"} <= {tag for tag, _ in elements}
    assert next(attributes for tag, attributes in elements if tag == "html")["lang"] == "en"
    groups = [attributes for _, attributes in elements if attributes.get("role") == "group"]
    assert all(attributes.get("aria-label") for attributes in groups)


def test_equal_catalogs_give_equal_bytes(bank: Catalog, show: Show, honest: str) -> None:
    assert site(show(bank)) == honest


def test_a_filtered_site_holds_only_what_was_asked_for(bank: Catalog, show: Show) -> None:
    document = site(show(bank, selection=Selection(risks=frozenset({Risk.CRITICAL}))))
    assert "only risk Critical" in document
    assert "get_rate" not in document


COLOURS = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", THEME))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_has_the_contrast_that_aa_asks_for(scheme: int) -> None:
    for text in ("ink", "soft", "link", "critical", "high", "medium", "low", "key", "text", "digit"):
        for ground in ("paper", "sheet", "sunk", "glow"):
            assert contrast(text, ground, scheme) >= 4.5, (text, ground)
    for risk in ("critical", "high", "medium", "low"):
        assert contrast(risk, f"{risk}-wash", scheme) >= 4.5
    for shape in ("read", "write", "execute", "destructive", "financial", "unclassified", "edge"):
        assert contrast(shape, "sheet", scheme) >= 3
    assert contrast("paper", "link", scheme) >= 4.5


def contrast(first: str, second: str, scheme: int) -> float:
    light, dark = sorted((luminance(COLOURS[name].split(", ")[scheme]) for name in (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
