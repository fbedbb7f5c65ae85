"""Every diagnostic about lists of tools, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from policyctl.reading.codes import Code

_ALL = (
    Code("LST01", "no-tool-list", "The file is of another kind than a list of tools."),
    Code("LST02", "no-listing", "A capture of messages has no answer to `tools/list`."),
    Code("LST03", "duplicate-tool", "A server lists two tools of one name that differ; a rule would mean either."),
    Code("LST04", "repeated-tool", "A tool is on more than one page, in the same words."),
    Code("LST05", "two-catalogs", "Two catalogs are for one server."),
    Code("LST06", "unfinished-listing", "A list announces a page that is not there, so that tools may be missing."),
    Code("LST07", "listing-changed", "A server listed other tools later in one capture than earlier."),
    Code("LST08", "unread-field", "A field of a tool is not what its name says, and is kept without being believed."),
    Code("LST09", "hint-type", "A hint is no boolean, so that it claims nothing."),
    Code("LST10", "unusual-name", "A name has characters, or a length, that the protocol advises against."),
    Code("LST11", "look-alike-name", "A name can be taken for another one."),
    Code("LST12", "hidden-text", "A name or text holds what a person does not see and a model reads."),
    Code("LST13", "text-for-the-model", "A text talks to the model instead of describing the tool."),
    Code("LST14", "markup", "A text holds markup or an encoded text."),
    Code("LST15", "odd-size", "A schema is empty, or a text longer than anybody reads."),
    Code("LST16", "skipped-file", "A file of a directory is no list of tools."),
)

CODES: Mapping[str, Code] = {entry.code: entry for entry in _ALL}
