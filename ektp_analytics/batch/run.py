"""Every office of a workspace to scores, tally and reports, on local processes or a cluster."""

from __future__ import annotations

import fnmatch
import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from ektp_analytics.batch.office_task import OfficeTask, Outcome, run_office
from ektp_analytics.batch.worker import begin
from ektp_analytics.errors import Finding, Language, Refused, refuse
from ektp_analytics.periods import Period
from ektp_analytics.workspace import Workspace

Watcher = Callable[[Outcome], None]
# Seconds until a scheduler must have answered.
SCHEDULER_LIMIT = 20


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of every office of a run, by office."""

    period: Period
    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The offices that failed."""
        return tuple(outcome for outcome in self.outcomes if outcome.state == "failed")

    def count(self, state: str) -> int:
        """Return how many offices ended in a state."""
        return sum(outcome.state == state for outcome in self.outcomes)


def offices_wanted(
    place: Workspace, period: Period, globs: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the offices that match any of the patterns and have files of the period.

    An office named outright is wanted although it has none, so that it is told.

    Raises
    ------
    Refused
        When a pattern fits no office, or no office has files of the period.
    """
    known = place.offices()
    for pattern in globs:
        if not fnmatch.filter(known, pattern):
            raise refuse("office_unknown", value=pattern, known=", ".join(known) or "-")
    chosen = [o for o in known if not globs or any(fnmatch.fnmatchcase(o, p) for p in globs)]
    wanted = tuple(o for o in chosen if o in globs or period in place.periods(o))
    if not wanted:
        raise refuse("batch_no_office", value=str(period))
    return wanted


def run_batch(
    place: Workspace,
    period: Period,
    *,
    offices: Collection[str] = (),
    formats: Sequence[str] = (),
    lang: Language = "id",
    final: bool = False,
    force: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    seen: Watcher | None = None,
) -> BatchResult:
    """Run every office of a workspace; one that fails is named and the others finish.

    Parameters
    ----------
    place, period
        Workspace and period.
    offices
        Patterns of office ids (``kab-*``); all where empty.
    formats, lang, final
        As for `build_report`; without formats only scores and tallies are made.
    force
        Also offices of which nothing changed since they were last done.
    workers
        Local processes; by default one per processor, never more than offices.
    scheduler
        Address of a Dask scheduler (``tcp://host:8786``) in place of local processes. Its
        workers must see the workspace under the same path.
    seen
        Called with each outcome as it comes.

    Returns
    -------
    BatchResult

    Raises
    ------
    Refused
        Two offices with one region code, no office, a scheduler that does not answer.
    """
    wanted = offices_wanted(place, period, offices)
    refuse_shared(place, wanted)
    basis = OfficeTask(
        str(place.root), "", str(period), tuple(formats), lang, final=final, force=force
    )
    tasks = [replace(basis, office=office) for office in wanted]
    number = min(workers or os.cpu_count() or 1, len(tasks))
    told = seen or _nobody
    outcomes = _on_cluster(tasks, scheduler, told) if scheduler else _locally(tasks, number, told)
    return BatchResult(period, tuple(sorted(outcomes, key=lambda outcome: outcome.office)))


def _nobody(_outcome: Outcome) -> None:
    """Watch nothing."""


def refuse_shared(place: Workspace, wanted: Collection[str]) -> None:
    """Refuse where two of the offices claim one region code, naming all of them at once."""
    shared = {
        code: ids
        for code, ids in place.offices_sharing_a_code().items()
        if len(set(ids) & set(wanted)) > 1
    }
    if shared:
        raise Refused(
            Finding(
                rule="office_code_shared",
                severity="error",
                value=code,
                details={"offices": ", ".join(ids)},
            )
            for code, ids in shared.items()
        )


def _on_cluster(tasks: Sequence[OfficeTask], address: str, seen: Watcher) -> list[Outcome]:
    """Give every office to a Dask cluster; a lost worker's offices go to another."""
    from distributed import Client

    try:
        client: Any = Client(address, timeout=SCHEDULER_LIMIT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as problem:
        raise refuse("scheduler_silent", value=address) from problem
    with client, client.get_executor(pure=False) as pool:
        outcomes, lost = _gather(pool, tasks, seen)
    return outcomes + [_lost(task, seen) for task in lost]


def _locally(tasks: Sequence[OfficeTask], workers: int, seen: Watcher) -> list[Outcome]:
    """Give every office to local processes.

    A worker that is killed breaks the pool. The offices it may have had are then run one by
    one, each in a process of its own, so that the one at fault is found; the others go on
    together.
    """
    outcomes: list[Outcome] = []
    waiting = list(tasks)
    while waiting:
        with _pool(workers, waiting[0]) as pool:
            found, lost = _gather(pool, waiting, seen)
        outcomes += found
        suspects, waiting = lost[: workers + 1], lost[workers + 1 :]
        for task in suspects:
            with _pool(1, task) as pool:
                alone, still_lost = _gather(pool, [task], seen)
            outcomes += alone + [_lost(task, seen) for task in still_lost]
    return outcomes


@contextmanager
def _pool(workers: int, task: OfficeTask) -> Iterator[Executor]:
    """Open worker processes; stopped by the user, they end at once."""
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=begin,
        initargs=(bool(task.formats),),
    )
    try:
        yield pool
    except BaseException:
        _end(pool)
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the workers of a pool without waiting for their offices."""
    for process in list((pool._processes or {}).values()):  # noqa: SLF001 - no public way
        process.terminate()


def _gather(
    pool: Executor, tasks: Sequence[OfficeTask], seen: Watcher
) -> tuple[list[Outcome], list[OfficeTask]]:
    """Run tasks on any executor; return the outcomes, and the tasks whose worker was lost.

    The lost ones stand in the order in which they were given to workers.
    """
    futures: dict[Future[Outcome], OfficeTask] = {}
    outcomes: list[Outcome] = []
    lost: set[OfficeTask] = set()
    try:
        for task in tasks:
            futures[pool.submit(run_office, task)] = task
    except BrokenProcessPool:  # a worker died while offices were still being given out
        lost |= set(tasks) - set(futures.values())
    for future in as_completed(futures):
        try:
            outcome = future.result()
        except Exception:  # noqa: BLE001 - an office's own errors are in its outcome
            lost.add(futures[future])
            continue
        outcomes.append(outcome)
        seen(outcome)
    return outcomes, [task for task in tasks if task in lost]


def _lost(task: OfficeTask, seen: Watcher) -> Outcome:
    """Name an office that took its worker down with it, more than once."""
    found = Finding(rule="office_worker_lost", severity="error")
    text = f"{found.text('message', task.lang)} {found.text('remedy', task.lang)}"
    outcome = Outcome(task.office, "failed", (text,))
    seen(outcome)
    return outcome
