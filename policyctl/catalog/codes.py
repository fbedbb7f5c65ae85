"""Every diagnostic about lists of tools and their changes, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from policyctl.diagnostic import Severity
from policyctl.reading.codes import Code

_INFO, _WARNING = Severity.INFO, Severity.WARNING

# CWE-494 download of code without a check of its integrity, 829 from an untrusted sphere, 353 no check at all; 451 what a
# person sees misrepresents what is; 1427 text from elsewhere that a model obeys; 636 what fails open.
_POISONED = ("CWE-1427", "MCP03", "ASI01", "AML.T0110")
_HIDDEN = ("CWE-451", "MCP03", "AML.T0110")
_UNPINNED = ("CWE-494", "MCP04", "ASI04", "AML.T0109")
_UNCHECKED = ("CWE-353", "MCP03", "AML.T0109")
_OPEN = ("CWE-862", "MCP02", "ASI02", "AML.T0053")
_FAILS_OPEN = ("CWE-636", "CWE-184", "ASI02")

_ALL = (
    Code("LST01", "no-tool-list", "The file is of another kind than a list of tools."),
    Code("LST02", "no-listing", "A capture of messages has no answer to `tools/list`."),
    Code("LST03", "duplicate-tool", "A server lists two tools of one name that differ; a rule would mean either."),
    Code("LST04", "repeated-tool", "A tool is on more than one page, in the same words.", _INFO),
    Code("LST05", "two-catalogs", "Two catalogs are for one server."),
    Code("LST06", "unfinished-listing", "A list announces a page that is not there: tools may be missing.", _WARNING),
    Code("LST07", "listing-changed", "A server listed other tools later in a capture.", _WARNING, _UNPINNED),
    Code("LST08", "unread-field", "A field of a tool is not what its name says; it is kept, not believed.", _WARNING),
    Code("LST09", "hint-type", "A hint is no boolean, so that it claims nothing.", _WARNING),
    Code("LST10", "unusual-name", "A name has characters, or a length, that the protocol advises against.", _INFO),
    Code("LST11", "look-alike-name", "A name can be taken for another one.", _WARNING, _HIDDEN),
    Code("LST12", "hidden-text", "A text holds what a person does not see and a model reads.", _WARNING, _HIDDEN),
    Code("LST13", "text-for-the-model", "A text talks to the model instead of describing a tool.", _WARNING, _POISONED),
    Code("LST14", "markup", "A text holds markup or an encoded text.", _WARNING, _HIDDEN),
    Code("LST15", "odd-size", "A schema is empty, or a text longer than anybody reads.", _WARNING),
    Code("LST16", "skipped-file", "A file of a directory is no list of tools.", _WARNING),
    Code("LST17", "skipped-lines", "Lines of a capture are no JSON, so that a list in them is missed.", _WARNING),
    Code("DRF01", "new-tool", "A server lists a tool that it did not list before.", _WARNING, _OPEN),
    Code("DRF02", "removed-tool", "A server does not list a tool any more.", _INFO),
    Code("DRF03", "renamed-tool", "A tool has another name, for which other rules hold.", _WARNING, _OPEN),
    Code("DRF04", "dead-rule", "A rule names a tool that is not listed any more.", _WARNING, ("CWE-561",)),
    Code("DRF05", "class-raised", "A tool can do more harm than it could.", _WARNING, _UNPINNED),
    Code("DRF06", "class-lowered", "A tool counts as less harmful than it did.", _INFO),
    Code("DRF07", "changed-under-review", "A person reviewed another definition than this one.", refs=_UNCHECKED),
    Code("DRF08", "blind-denial", "A `deny_if` does not fire any more, since its argument changed.", refs=_FAILS_OPEN),
    Code("DRF09", "unmet-requirement", "A `require` looks at an argument that is gone.", refs=_FAILS_OPEN),
    Code("DRF10", "changed-definition", "A server says something else about a tool.", _WARNING, _UNPINNED),
    Code("DRF11", "unwatched-argument", "A new argument of a watched tool is not watched.", _WARNING, _OPEN),
    Code("DRF12", "deceptive-change", "A definition has a new text that deceives.", refs=_POISONED),
    Code("DRF13", "unlisted-value", "An argument takes values that a `deny_if` does not list.", _WARNING, _FAILS_OPEN),
)

CODES: Mapping[str, Code] = {entry.code: entry for entry in _ALL}
