"""The boundary: whatever happens below becomes text on the right stream and an exit code.

Only modules that Python itself has imported or holds are imported at the top: `policyctl --version` has to answer as
fast as an empty script.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from policyctl.errors import PolicyctlError

#: Where a defect of policyctl itself is to be reported.
REPORT = "this is a defect of policyctl: please report it with the text above and the command (see SECURITY.md first)"


def run() -> None:
    """The console script."""
    for name in ("stdout", "stderr"):
        # Closed from the start it is None, which every writer would have to know; and a file would get its number.
        stream = getattr(sys, name) or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end
        # Reports are the same bytes on every machine; what UTF-8 cannot say (a lone surrogate) is escaped.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        setattr(sys, name, stream)
    # What is imported stays: looking for garbage in it, again and again, takes a tenth of the start.
    gc.disable()
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name) and return its exit code; nothing escapes but the result."""
    arguments = tuple(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ("--version",):
        return _guarded(_print_version, ())
    return _guarded(_invoke, arguments)


def version_line() -> str:
    """The versions of the tool and of the meaning that it gives to a policy."""
    from policyctl import SEMANTICS, __version__

    return f"policyctl {__version__} (semantics {SEMANTICS})"


def _print_version(_: tuple[str, ...]) -> int:
    print(version_line())
    return 0


def _invoke(arguments: tuple[str, ...]) -> int:
    from policyctl.cli.app import invoke

    return invoke(arguments)


def _guarded(job: Callable[[tuple[str, ...]], int], arguments: tuple[str, ...]) -> int:
    try:
        code = job(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _leave(130, "interrupted")
    except BrokenPipeError:
        _silence(sys.stdout)
        return 141
    except Exception as error:  # noqa: BLE001 - the boundary: a defect gets its own exit code, 70
        return _trouble(error)


def _trouble(error: Exception) -> int:
    from errno import EDQUOT, EFBIG, EIO, ENOSPC

    from policyctl.errors import PolicyctlError

    if isinstance(error, OSError) and error.errno in (EDQUOT, EFBIG, EIO, ENOSPC):
        _silence(sys.stdout)
        reason = (error.strerror or "input/output error").lower()
        error = PolicyctlError(f"the output could not be written: {reason}", hint="make room, or write elsewhere")
    if isinstance(error, PolicyctlError):
        return _say(error)
    import traceback

    return _leave(70, "".join(traceback.format_exception(error)) + REPORT)


def _say(error: PolicyctlError) -> int:
    from policyctl.report.escape import escape_terminal

    # What a user typed, or a file says, may hold control sequences.
    hint = "" if error.hint is None else f"\nhint: {escape_terminal(error.hint)}"
    return _leave(2, f"error: {escape_terminal(error.message)}{hint}")


def _leave(code: int, last_words: str) -> int:
    try:
        print(last_words, file=sys.stderr, flush=True)
    except OSError:
        # Nobody listens: what is left is the exit code.
        _silence(sys.stderr)
    return code


def _silence(stream: TextIO) -> None:
    """Point a stream nowhere, or the interpreter complains about what is left in its buffer when it shuts down."""
    from contextlib import suppress

    # A stream that a test has put in place has no file descriptor: nothing is flushed there at shutdown.
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
