"""An edit changes the one value that it names: in the data nothing else, in the text not a comment."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policyctl.source.document import Document
from policyctl.source.edit import append, apply, remove, rename, replace
from policyctl.source.pointer import child, split
from policyctl.source.read import read_document

TEXTS = st.text(st.sampled_from("ab/~.\"'\\#:-é😀\x7f"), max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)


def read(name: str, text: str) -> Document:
    document = read_document(name, text.encode())
    assert isinstance(document, Document), (text, document)
    return document


def holder(data: Any, pointer: str) -> tuple[Any, Any]:
    *above, last = split(pointer)
    for segment in above:
        data = data[int(segment)] if isinstance(data, list) else data[segment]
    return data, int(last) if isinstance(data, list) else last


def written(data: Any, form: str) -> Document:
    match form:
        case "json":
            return read("p.json", json.dumps(data))
        case "indented":
            return read("p.json", json.dumps(data, indent=2, ensure_ascii=False))
        case "flow":
            return read("p.yaml", yaml.safe_dump(data, default_flow_style=True, allow_unicode=True, width=40))
        case _:
            return read("p.yaml", yaml.safe_dump(data, default_flow_style=False, allow_unicode=True, sort_keys=False))


@given(JSON, st.sampled_from(["json", "indented", "flow", "block"]), st.data())
def test_what_is_removed_is_gone_and_all_else_is_there(data: Any, form: str, choice: st.DataObject) -> None:
    document = written(data, form)
    pointers = [pointer for pointer in document.places if pointer]
    if not pointers:
        return
    pointer = choice.draw(st.sampled_from(pointers))
    edit = remove(document, pointer)
    if edit is None:
        assert document.format == "yaml"
        return
    expected = deepcopy(document.data)
    container, key = holder(expected, pointer)
    del container[key]
    assert read(document.name, apply(document.text, [edit])).data == expected


@given(JSON, st.sampled_from(["json", "indented", "flow", "block"]), JSON, TEXTS, st.data())
def test_what_is_added_is_the_last_and_all_else_is_there(
    data: Any, form: str, value: Any, key: str, choice: st.DataObject
) -> None:
    document = written(data, form)
    containers = [pointer for pointer in document.places if isinstance(at(document.data, pointer), list | dict)]
    if not containers:
        return
    pointer = choice.draw(st.sampled_from(containers))
    expected = deepcopy(document.data)
    target = at(expected, pointer)
    if isinstance(target, dict):
        if key in target:
            return
        edit = append(document, pointer, value, key=key)
        target[key] = value
    else:
        edit = append(document, pointer, value)
        target.append(value)
    if edit is None:
        assert document.format == "yaml"
        return
    assert read(document.name, apply(document.text, [edit])).data == expected


@given(JSON, st.sampled_from(["json", "indented", "flow"]), JSON, st.data())
def test_what_is_replaced_is_the_new_value(data: Any, form: str, value: Any, choice: st.DataObject) -> None:
    document = written(data, form)
    pointer = choice.draw(st.sampled_from([pointer for pointer in document.places if pointer] or [""]))
    expected = deepcopy(document.data)
    if pointer:
        container, key = holder(expected, pointer)
        container[key] = value
    else:
        expected = value
    assert read(document.name, apply(document.text, [replace(document, pointer, value)])).data == expected


def at(data: Any, pointer: str) -> Any:
    for segment in split(pointer):
        data = data[int(segment)] if isinstance(data, list) else data[segment]
    return data


YAML = """\
# of the file
tools:
  a: # of a
    limits: []
  # above b
  b:
    require:
      - conditions: # of the first
          - {path: args.x, op: eq, value: 1}
          - path: args.y
            op: lt
            value: 2 # two
      # above the second
      - on_deny: no
        conditions: []
  c: {}
"""


@pytest.mark.parametrize(
    ("pointer", "lines"),
    [
        ("/tools/a", [3, 4]),
        ("/tools/c", [16]),
        ("/tools/b/require/0/conditions/0", [9]),
        ("/tools/b/require/0/conditions/1", [10, 11, 12]),
        ("/tools/b/require/1", [14, 15]),
        ("/tools/b/require/1/conditions", [15]),
        ("/tools/b/require/0", [8, 9, 10, 11, 12]),
    ],
)
def test_an_entry_of_block_yaml_goes_with_its_own_lines(pointer: str, lines: list[int]) -> None:
    edit = remove(read("p.yaml", YAML), pointer)
    assert edit is not None
    kept = [line for number, line in enumerate(YAML.splitlines(keepends=True), 1) if number not in lines]
    assert apply(YAML, [edit]) == "".join(kept)


def test_the_first_entry_behind_a_dash_leaves_the_dash_to_the_next_one() -> None:
    edit = remove(read("p.yaml", YAML), "/tools/b/require/1/on_deny")
    assert edit is not None
    assert "      - conditions: []\n  c: {}\n" in apply(YAML, [edit])


def test_an_only_entry_leaves_an_empty_container() -> None:
    document = read("p.yaml", "tools:\n  a:\n    limits: []\nhide: [x]\n")
    edits = [remove(document, "/tools/a"), remove(document, "/hide/0")]
    assert apply(document.text, [edit for edit in edits if edit]) == "tools: {}\nhide: []\n"


def test_a_comment_inside_of_what_would_go_is_not_thrown_away() -> None:
    document = read("p.yaml", "hide: [x, # the first\n  y]\ntools:\n  a: 1 # why\n")
    assert remove(document, "/hide/0") is None
    assert remove(document, "/tools/a") is not None
    assert remove(read("p.yaml", "tools:\n  # why\n  a: 1\n"), "/tools/a") is None


def test_a_new_entry_stands_as_its_neighbours_do() -> None:
    document = read("p.json", '{\n  "hide": [\n    "a"\n  ],\n  "tools": {"x": {}}\n}\n')
    edits = [append(document, "/hide", "b"), append(document, "/tools", {}, key="y")]
    assert apply(document.text, [edit for edit in edits if edit]) == (
        '{\n  "hide": [\n    "a",\n    "b"\n  ],\n  "tools": {"x": {}, "y": {}}\n}\n'
    )
    block = read("p.yaml", "tools:\n  a: {} # first\nhide:\n- x\n")
    edits = [append(block, "/tools", {"limits": []}, key="b"), append(block, "/hide", "y")]
    assert apply(block.text, [edit for edit in edits if edit]) == (
        'tools:\n  a: {} # first\n  "b": {"limits": []}\nhide:\n- x\n- "y"\n'
    )


def test_a_key_is_renamed_in_its_place() -> None:
    document = read("p.json", '{"a": 1, "b": 2}')
    assert apply(document.text, [rename(document, child("", "a"), 'c"')]) == '{"c\\"": 1, "b": 2}'


@pytest.mark.parametrize(("text", "pointer"), [("? a\n: - 1\n", "/a/0"), ("b: 1\n? a\n:\n  - 1\n", "/a/0")])
def test_what_stands_under_a_key_with_a_question_mark_is_left_to_people(text: str, pointer: str) -> None:
    assert remove(read("p.yaml", text), pointer) is None
