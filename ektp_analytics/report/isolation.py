"""Inside a reused kernel: bring everything back to how a fresh kernel would be.

A run may change names, settings of pandas and numpy, the display of results, warnings,
environment, folder and search path. `begin_run` puts each of them back before the next
run, so that a report never depends on the report before it. Modules stay loaded: they
are what makes a reused kernel fast.
"""

from __future__ import annotations

import builtins
import importlib
import locale
import logging
import os
import random
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ektp_analytics.garbage import collect_rarely

PLOTLY_RENDERER = "plotly_mimetype"  # what plotly itself chooses under Jupyter
PLOTLY_TEMPLATE = "plotly"
# Loaded before the snapshot, because they set warning filters when they are loaded.
PRELOADED = ("numpy", "pandas", "scipy.stats", "plotly.io")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a kernel before its first run."""

    environment: dict[str, str]
    search_path: list[str]
    arguments: list[str]
    builtin_names: dict[str, Any]
    warning_filters: list[Any]
    log_level: int
    log_handlers: list[logging.Handler]
    number_locale: str
    formatters: dict[str, tuple[dict[Any, Any], dict[Any, Any], dict[Any, Any], bool]]
    callbacks: dict[str, list[Any]]


_fresh: list[Snapshot] = []  # of this kernel: one, taken before its first run
_used: list[bool] = []  # whether a run has been in this kernel since it was last fresh


def begin_run(
    folder: str | Path,
    used: bool = True,
    lent: str | None = None,
    modules: Sequence[str] = (),
) -> None:
    """Reset the running kernel and enter the working folder of the next run.

    Parameters
    ----------
    folder
        Working folder of the run; must exist.
    used
        False when no run follows at once: the kernel is only being made ready.
    lent
        File of runs that the process which started the kernel has computed already.
    modules
        Further modules to load before the first run; names of none are passed over.

    Raises
    ------
    RuntimeError
        When no IPython kernel is running in this process.
    """
    shell = _shell()
    if not _fresh:
        from ektp_analytics.report.kernel_streams import quieten

        for library in PRELOADED:
            importlib.import_module(library)
        for module in modules:
            with suppress(ModuleNotFoundError):
                importlib.import_module(module)
        collect_rarely()
        quieten()
        _fresh.append(take_snapshot(shell))
    elif _used:
        restore(shell, _fresh[0])
    _used[:] = [True] if used else []
    from ektp_analytics.report import lent_runs

    lent_runs.take(None if lent is None else Path(lent))
    os.chdir(folder)
    # Modules beside the notebook may be imported, but none that hides an installed one.
    if "" not in sys.path:
        sys.path.append("")


def _shell() -> Any:
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        raise RuntimeError("begin_run works inside an IPython kernel only")
    return shell


def take_snapshot(shell: Any) -> Snapshot:
    """Remember what a run could change."""
    root = logging.getLogger()
    return Snapshot(
        environment=dict(os.environ),
        search_path=list(sys.path),
        arguments=list(sys.argv),
        builtin_names=dict(vars(builtins)),
        warning_filters=list(warnings.filters),
        log_level=root.level,
        log_handlers=list(root.handlers),
        number_locale=locale.setlocale(locale.LC_ALL),
        formatters=_formatter_state(shell),
        callbacks={name: list(calls) for name, calls in shell.events.callbacks.items()},
    )


def restore(shell: Any, first: Snapshot) -> None:
    """Put a kernel back to its snapshot."""
    _forget_modules_of(Path.cwd())
    shell.reset(new_session=True, aggressive=False)
    _restore_process(first)
    _restore_display(shell, first)
    _restore_libraries()


def _formatter_state(shell: Any) -> dict[str, Any]:
    return {
        mime: (
            dict(f.type_printers),
            dict(f.deferred_printers),
            dict(f.singleton_printers),
            bool(f.enabled),
        )
        for mime, f in shell.display_formatter.formatters.items()
    }


def _restore_display(shell: Any, first: Snapshot) -> None:
    formatters = shell.display_formatter.formatters
    for mime in [m for m in formatters if m not in first.formatters]:
        del formatters[mime]
    for mime, (by_type, deferred, single, enabled) in first.formatters.items():
        formatter = formatters[mime]
        formatter.type_printers = dict(by_type)
        formatter.deferred_printers = dict(deferred)
        formatter.singleton_printers = dict(single)
        formatter.enabled = enabled
    formatters["text/plain"].float_precision = ""  # what the %precision magic sets
    for name, calls in first.callbacks.items():
        shell.events.callbacks[name][:] = calls


def _restore_process(first: Snapshot) -> None:
    os.environ.clear()
    os.environ.update(first.environment)
    sys.path[:] = first.search_path
    sys.argv[:] = first.arguments
    names = vars(builtins)
    for name in [n for n in names if n not in first.builtin_names]:
        del names[name]
    names.update(first.builtin_names)
    warnings.resetwarnings()  # a new filter version: "once" warnings are shown again
    warnings.filters[:] = first.warning_filters  # type: ignore[index]
    root = logging.getLogger()
    root.setLevel(first.log_level)
    root.handlers[:] = first.log_handlers
    locale.setlocale(locale.LC_ALL, first.number_locale)


def _restore_libraries() -> None:
    """Put back the settings of the libraries that are loaded; load none."""
    random.seed()
    if "numpy" in sys.modules:
        numpy = importlib.import_module("numpy")
        numpy.random.seed()
        numpy.set_printoptions(**_NUMPY_PRINT)
        numpy.seterr(divide="warn", over="warn", under="ignore", invalid="warn")
    if "pandas" in sys.modules:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # resetting touches options on their way out
            importlib.import_module("pandas").reset_option("all")
    if "plotly.io._templates" in sys.modules:
        templates = importlib.import_module("plotly.io").templates
        if templates.default != PLOTLY_TEMPLATE:  # setting it reads the template through
            templates.default = PLOTLY_TEMPLATE
    if "plotly.io._renderers" in sys.modules:
        renderers = importlib.import_module("plotly.io").renderers
        if renderers.default != PLOTLY_RENDERER:
            renderers.default = PLOTLY_RENDERER
    if "matplotlib.pyplot" in sys.modules:
        importlib.import_module("matplotlib.pyplot").close("all")
        importlib.import_module("matplotlib").rcdefaults()


# numpy's own defaults (numpy.set_printoptions, "Reset" example of its documentation).
_NUMPY_PRINT: dict[str, Any] = {
    "edgeitems": 3,
    "infstr": "inf",
    "linewidth": 75,
    "nanstr": "nan",
    "precision": 8,
    "suppress": False,
    "threshold": 1000,
    "formatter": None,
    "sign": "-",
    "floatmode": "maxprec",
}


def _forget_modules_of(folder: Path) -> None:
    """Unload modules that the last run took from its own working folder."""
    own = Path(__file__).resolve().parents[1]
    inside = _written(folder).rstrip(os.sep) + os.sep
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not file or name == "__main__" or not _written(file).startswith(inside):
            continue
        place = Path(file)
        installed = "site-packages" in place.parts or place.is_relative_to(own)
        if not installed and place.is_relative_to(folder) and not _standard(place):
            del sys.modules[name]


def _written(path: str | Path) -> str:
    """Return a path as text that can be compared; two thousand Path objects take long."""
    return os.path.normcase(os.path.normpath(path))


def _standard(place: Path) -> bool:
    return place.is_relative_to(Path(os.__file__).parent)
