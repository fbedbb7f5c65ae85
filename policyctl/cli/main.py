"""The boundary: whatever happens below becomes text on the right stream and an exit code.

Only `sys` is imported at the top, since `policyctl --version` has to answer as fast as an empty script.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyctl.errors import PolicyctlError

#: Where a defect of policyctl itself is to be reported.
REPORT = "this is a defect of policyctl: please report it with the text above and the command (see SECURITY.md first)"


def run() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        # Reports are the same bytes on every machine; what UTF-8 cannot say (a lone surrogate) is escaped.
        if stream is not None:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
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


if TYPE_CHECKING:
    from collections.abc import Callable


def _guarded(job: Callable[[tuple[str, ...]], int], arguments: tuple[str, ...]) -> int:
    try:
        code = job(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        _silence()
        return 141
    except Exception as error:  # noqa: BLE001 - the boundary: a defect gets its own exit code, 70
        return _trouble(error)


def _trouble(error: Exception) -> int:
    from errno import EDQUOT, EFBIG, EIO, ENOSPC

    from policyctl.errors import PolicyctlError

    if isinstance(error, OSError) and error.errno in (EDQUOT, EFBIG, EIO, ENOSPC):
        _silence()
        reason = (error.strerror or "input/output error").lower()
        error = PolicyctlError(f"the output could not be written: {reason}", hint="make room, or write elsewhere")
    if isinstance(error, PolicyctlError):
        return _say(error)
    import traceback

    traceback.print_exception(error)
    print(REPORT, file=sys.stderr)
    return 70


def _say(error: PolicyctlError) -> int:
    print(f"error: {error.message}", file=sys.stderr)
    if error.hint is not None:
        print(f"hint: {error.hint}", file=sys.stderr)
    return 2


def _silence() -> None:
    """Point stdout nowhere, or the interpreter complains about what is left in the buffer when it shuts down."""
    import os
    from contextlib import suppress

    # A stdout that a test has put in place has no file descriptor: nothing is flushed there at shutdown.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
