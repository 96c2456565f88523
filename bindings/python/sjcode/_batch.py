"""One document, or many on all cores."""

from __future__ import annotations

import collections
import concurrent.futures
import dataclasses
import datetime
import os
from typing import Callable, Generic, Iterable, Iterator, Optional, TypeVar

from . import _core
from ._errors import SjcodeError
from ._trust import Trust, verifier_of
from ._types import Buffer, Document

D = TypeVar("D", bound=Document)


@dataclasses.dataclass(frozen=True)
class Verified(Generic[D]):
    """What came of one document of many: a verdict, or the error that it could not be read with."""

    document: D
    verdict: Optional[_core.Verdict] = None
    error: Optional[SjcodeError] = None


def _cores() -> int:
    # The cores that this process may use, which is fewer than the machine has in a container or under taskset.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def verify(document: Document, trust: Trust, *, record: Optional[Buffer] = None, render: bool = False,
           page_scan_time: float = 3.0, worker: Optional[_core.Worker] = None,
           clock: Optional[Callable[[], float]] = None, statuses: Optional[_core.StatusLists] = None,
           as_of: Optional[datetime.datetime] = None) -> _core.Verdict:
    """Verifies one document. `trust` may be the path of a folder of certificates or of a store of trust lists, and what
    open_trust() gives. `as_of` is what counts as now for status and age: an aware datetime. For many documents make one
    Verifier, or call verify_many(): each reads the trust records once."""
    verifier = verifier_of(trust, statuses, worker=worker, clock=clock)
    return verifier.verify(document, record=record, render=render, page_scan_time=page_scan_time, as_of=as_of)


def verify_text(text: str, trust: Trust, *, record: Optional[Buffer] = None,
                clock: Optional[Callable[[], float]] = None, statuses: Optional[_core.StatusLists] = None,
                as_of: Optional[datetime.datetime] = None) -> _core.Verdict:
    """Verifies the text of a symbol, or a code number as typed."""
    return verifier_of(trust, statuses, clock=clock).verify_text(text, record=record, as_of=as_of)


def verify_many(documents: Iterable[D], trust: Trust, *, threads: Optional[int] = None,
                progress: Optional[Callable[[int, Verified[D]], object]] = None, render: bool = False,
                page_scan_time: float = 3.0, worker: Optional[_core.Worker] = None,
                clock: Optional[Callable[[], float]] = None, statuses: Optional[_core.StatusLists] = None,
                as_of: Optional[datetime.datetime] = None) -> Iterator[Verified[D]]:
    """Verifies documents on `threads` threads (one for each core), and gives what came of each, in their order.

    `documents` is read as the work goes on, some ahead of it, so it may be long, or come from a generator. A document
    that cannot be read does not stop the others: its `error` says why. `progress` is called on this thread as
    `progress(done, verified)` with each result; what it raises ends the work."""
    verifier = verifier_of(trust, statuses, worker=worker, clock=clock)
    count = _cores() if threads is None else threads
    if count < 1:
        raise ValueError("threads: a number from 1 is wanted")

    def one(document: D) -> Verified[D]:
        try:
            verdict = verifier.verify(document, render=render, page_scan_time=page_scan_time, as_of=as_of)
            return Verified(document, verdict)
        except SjcodeError as error:
            return Verified(document, error=error)

    return _in_order(one, documents, count, progress)


def _in_order(one: Callable[[D], Verified[D]], documents: Iterable[D], threads: int,
              progress: Optional[Callable[[int, Verified[D]], object]]) -> Iterator[Verified[D]]:
    waiting: collections.deque[concurrent.futures.Future[Verified[D]]] = collections.deque()
    done = 0
    with concurrent.futures.ThreadPoolExecutor(threads, thread_name_prefix="sjcode") as pool:
        try:
            source = iter(documents)
            while True:
                # So many ahead that a slow document does not leave the other threads idle.
                while len(waiting) < 4 * threads:
                    try:
                        document = next(source)
                    except StopIteration:
                        break
                    waiting.append(pool.submit(one, document))
                if not waiting:
                    return
                verified = waiting.popleft().result()
                done += 1
                if progress is not None:
                    progress(done, verified)
                yield verified
        finally:
            for future in waiting:
                future.cancel()
