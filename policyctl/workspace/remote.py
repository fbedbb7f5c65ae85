"""Traces at addresses, `s3://…` and others. The only module that knows fsspec."""

from __future__ import annotations

from typing import BinaryIO, cast

from policyctl.errors import PolicyctlError
from policyctl.workspace.naming import without_secrets


def open_address(name: str) -> BinaryIO:
    """What is there, to be read from start to end; PolicyctlError says why it cannot be had."""
    shown = without_secrets(name)
    try:
        import fsspec  # type: ignore[import-untyped]
    except ImportError as error:
        hint = "install what it needs: `pip install 'policyctl[scale]'`"
        raise PolicyctlError(f"`{shown}` is an address, and fsspec is not installed", hint=hint) from error
    try:
        return cast("BinaryIO", fsspec.open(name, "rb").open())
    except FileNotFoundError as error:
        raise PolicyctlError(f"there is nothing at `{shown}`", hint="check the address") from error
    except ImportError as error:
        raise PolicyctlError(f"cannot read `{shown}`: its protocol needs more", hint=str(error)) from error
    except ValueError as error:
        protocol = shown.partition("://")[0]
        raise PolicyctlError(
            f"nobody knows the protocol `{protocol}`", hint="write it as fsspec does: s3, gs, …"
        ) from error
    except Exception as error:
        raise PolicyctlError(
            f"cannot read `{shown}`: {without_secrets(str(error))}", hint="check the address and your rights"
        ) from error
