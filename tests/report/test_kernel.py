"""A kernel of this interpreter, with sockets of its own."""

from collections.abc import Callable
from pathlib import Path

from ektp_analytics.report.kernel import InterpreterKernelManager, local_sockets_fit

Make = Callable[..., Path]


def test_parallel_kernels_share_neither_ports_nor_files(tmp_path: Path) -> None:
    """P10: nteract/papermill#511, #239: each kernel has a private folder of sockets."""
    managers = [InterpreterKernelManager() for _ in range(8)]
    assert len({m.connection_file for m in managers}) == 8
    assert {m.transport for m in managers} == {"ipc" if local_sockets_fit(tmp_path) else "tcp"}
    for manager in managers:
        Path(manager.connection_file).parent.rmdir()


def test_a_long_path_falls_back_to_ports(tmp_path: Path) -> None:
    """A socket's path holds about a hundred bytes (unix(7): 108; macOS: 104)."""
    assert not local_sockets_fit(tmp_path / ("x" * 100))
