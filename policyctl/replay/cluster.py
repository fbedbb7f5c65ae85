"""Crews on other machines: the workers of a Dask scheduler. The only module that knows Dask."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

from policyctl import __version__
from policyctl.errors import PolicyctlError
from policyctl.replay.map_range import Job, start, stop
from policyctl.replay.spread import Crew

#: Seconds until a scheduler has to answer, between two looks at who is there, and without any worker.
_ANSWER, _LOOK, _ALONE = 10, 2, 60


@contextmanager
def workers(job: Job, address: str) -> Iterator[Crew]:
    """The workers of a scheduler for one job; they are left as they were."""
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        hint = "install what it needs: `pip install 'policyctl[scale]'`"
        raise PolicyctlError("`--scheduler` needs Dask, which is not installed", hint=hint) from error
    try:
        client: Any = Client(address, timeout=_ANSWER, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        hint = "start one with `dask scheduler`, and name it as tcp://HOST:PORT"
        raise PolicyctlError(f"no scheduler answers at `{address}`", hint=hint) from error
    try:
        _refuse_other_versions(client)
        named = replace(job, source=job.source.for_others(), token=uuid4().hex)
        client.register_plugin(_plugin(named), name=named.token)
        try:
            yield Crew(client.get_executor(pure=False), _threads(client), named.token, _Waiting(client))
        finally:
            with suppress(OSError, ValueError):
                client.unregister_worker_plugin(named.token)
    except KilledWorker as error:
        hint = "its workers may have too little memory for a range of the trace: give them fewer threads"
        raise PolicyctlError("several workers were lost on one part of the trace", hint=hint) from error
    except CancelledError as error:
        raise PolicyctlError(f"the scheduler at `{address}` is gone", hint="replay it again") from error
    finally:
        client.close()


def _refuse_other_versions(client: Any) -> None:
    found = client.run(_version, on_error="return")
    if not found:
        raise PolicyctlError("the scheduler has no workers", hint="start some with `dask worker ADDRESS`")
    for worker, version in sorted(found.items()):
        if version != __version__:
            what = f"policyctl {version}" if isinstance(version, str) else "no policyctl that can be imported"
            hint = f"install policyctl {__version__} there: a report must not depend on who reads what"
            raise PolicyctlError(f"the worker at `{worker}` has {what}", hint=hint)


def _version() -> str:
    from policyctl import __version__ as version

    return version


def _threads(client: Any) -> int:
    threads: int = sum(client.nthreads().values())
    return max(1, threads)


class _Waiting:
    """Waits for results as long as there is somebody who may bring them."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __call__(self, future: Future[Any]) -> Any:
        alone_since: float | None = None
        while True:
            try:
                return future.result(timeout=_LOOK)
            except NotYet:
                if future.done():
                    raise
            if self._client.scheduler_info()["workers"]:
                alone_since = None
                continue
            alone_since = alone_since or time.monotonic()
            if time.monotonic() - alone_since > _ALONE:
                raise PolicyctlError("all workers of the scheduler are gone", hint="start some and replay it again")


def _plugin(job: Job) -> Any:
    """Makes every worker, also one that comes later, a reader for the job."""
    from distributed import WorkerPlugin

    class Readers(WorkerPlugin):
        """Pickled by value: workers need nothing but policyctl."""

        def setup(self, worker: Any) -> None:
            """A worker starts."""
            del worker
            start(job)

        def teardown(self, worker: Any) -> None:
            """The job is done."""
            del worker
            stop(job.token)

    return Readers()
