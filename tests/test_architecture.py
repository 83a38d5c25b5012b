"""The rooms keep their order, and only some of them touch the disk."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ektp_analytics"
DISK_ROOMS = {"batch", "pipeline", "privacy", "report", "sources", "synthetic", "workspace"}

# The log of a defect of our own must not pass through a room that may be the broken one.
EXCEPTIONS = {"cli/main.py": "import tempfile"}

# Asking whether a path is there (exists, is_dir, is_file) reads nothing of it.
PATH_METHODS = {
    *("glob", "iterdir", "mkdir", "open", "read_bytes", "read_text", "rglob", "rmdir", "stat"),
    *("touch", "unlink", "write_bytes", "write_text"),
}
OS_FUNCTIONS = {
    *("listdir", "makedirs", "mkdir", "open", "remove", "rename", "replace", "rmdir"),
    *("scandir", "stat", "unlink", "walk"),
}
TABLE_WRITERS = {
    *("to_csv", "to_excel", "to_feather", "to_hdf", "to_html", "to_json", "to_latex"),
    *("to_markdown", "to_parquet", "to_pickle", "to_sql", "to_stata", "to_xml"),
}
NUMPY_FUNCTIONS = {"fromfile", "genfromtxt", "load", "loadtxt", "save", "savetxt", "savez"}
LIBRARY_FUNCTIONS = {"os": OS_FUNCTIONS, "np": NUMPY_FUNCTIONS, "numpy": NUMPY_FUNCTIONS}
TARGETS = {"buf", "excel_writer", "path", "path_or_buf", "path_or_buffer"}
DISK_MODULES = {
    *("docx", "docxtpl", "duckdb", "fileinput", "glob", "openpyxl", "pyarrow.csv"),
    *("pyarrow.parquet", "pyreadstat", "python_calamine", "shutil", "sqlite3", "subprocess"),
    *("tarfile", "tempfile", "xlsxwriter", "zipfile"),
}


def test_the_layers_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """import-linter, with the contracts of pyproject.toml."""
    failed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    assert not failed, capsys.readouterr().out


def test_only_the_disk_rooms_touch_the_disk() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {what}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in DISK_ROOMS
        for line, what in disk_uses(path.read_text(encoding="utf-8"))
        if what != EXCEPTIONS.get(path.relative_to(PACKAGE).as_posix())
    ]
    assert found == []


def test_no_number_of_a_report_asks_the_clock() -> None:
    """A computer whose clock is wrong makes the same report: the period says which day it is.

    One line may: bands for answers of one file without any time, asked for without a period.
    """
    asked = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr in {"now", "today", "utcnow", "gmtime", "localtime"}
            or ast.unparse(node.func) == "time.time"
        )
    ]
    assert asked == ["indicators/skm.py"]


def test_one_module_of_the_report_alone_knows_the_browser_library() -> None:
    users = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "choreographer" in {name.partition(".")[0] for name in imports(path.read_text("utf-8"))}
    ]
    assert len(users) <= 1
    assert all(user.startswith("report/") for user in users)


@pytest.mark.parametrize(
    "code",
    [
        "open('a')",
        "Path('a').read_text()",
        "Path.read_text(p)",
        "def f(p):\n    return p.write_bytes(b'')",
        "pd.read_csv('a')",
        "table.to_parquet('a')",
        "table.to_csv(path_or_buf='a')",
        "os.replace('a', 'b')",
        "np.save('a', x)",
        "import tempfile",
        "from pyarrow import parquet",
        "import pyarrow.parquet as pq",
        "def f():\n    a = resources.files('x')\n    return Path('b').read_text()",
        "def f():\n    a = resources.files('x')\ndef g(a):\n    return a.read_text()",
    ],
)
def test_a_use_of_the_disk_is_seen(code: str) -> None:
    assert len(list(disk_uses(code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "resources.files('x').joinpath('y').read_text()",
        "def f():\n    y = files('x') / 'y'\n    return y.read_text()",
        "def f():\n    for y in sorted(files('x').iterdir()):\n        y.read_bytes()",
        "[y.read_text() for y in files('x').iterdir()]",
        "def f():\n    with as_file(files('x')) as y:\n        return y.stat()",
        "text.replace('a', 'b')",
        "Reading.open(file)",
        "table.to_csv()",
        "np.sort(x)",
        "import os",
    ],
)
def test_package_data_and_text_are_no_use_of_the_disk(code: str) -> None:
    assert list(disk_uses(code)) == []


def imports(code: str) -> Iterator[str]:
    """Name every module that `code` imports, dotted."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def disk_uses(code: str) -> Iterator[tuple[int, str]]:
    """Find line and name of whatever reads or writes files in `code`."""
    yield from ((1, f"import {name}") for name in imports(code) if name in DISK_MODULES)
    yield from _calls(ast.parse(code), frozenset())


def _calls(scope: ast.AST, outer: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Walk one scope; `outer` names the package data known from the scopes around it."""
    resources = _package_data(scope, outer)
    for node in _within(scope):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inside = {argument.arg for argument in ast.walk(node) if isinstance(argument, ast.arg)}
            yield from _calls(node, resources - inside)
        elif isinstance(node, ast.Call) and _touches_disk(node, resources):
            yield node.lineno, ast.unparse(node.func)


def _within(scope: ast.AST) -> Iterator[ast.AST]:
    """Walk a scope without going into the functions inside it."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _within(child)


def _touches_disk(call: ast.Call, resources: frozenset[str]) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute):
        return isinstance(function, ast.Name) and function.id == "open"
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    if function.attr in TABLE_WRITERS:
        return bool(call.args) or any(keyword.arg in TARGETS for keyword in call.keywords)
    if owner in ("pd", "pandas"):
        return function.attr.startswith("read_")
    if owner in LIBRARY_FUNCTIONS:
        return function.attr in LIBRARY_FUNCTIONS[owner]
    # Reading.open(…): a class of our own makes itself; what it does is seen in its module.
    own = owner[:1].isupper() and owner != "Path"
    return (
        function.attr in PATH_METHODS
        and not own
        and not _is_package_data(function.value, resources)
    )


def _is_package_data(value: ast.AST, resources: frozenset[str]) -> bool:
    """Tell whether an expression starts from ``importlib.resources.files``."""
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(value) if isinstance(node, ast.Attribute)}
    return bool(names & (resources | {"files"}) or "files" in attributes)


def _package_data(scope: ast.AST, outer: frozenset[str]) -> frozenset[str]:
    """Name the variables of a scope that hold package data, until no more are found."""
    found = outer
    while True:
        more = found | {
            name
            for target, value in _bindings(scope)
            if _is_package_data(value, found)
            for name in (node.id for node in ast.walk(target) if isinstance(node, ast.Name))
        }
        if more == found:
            return found
        found = more


def _bindings(scope: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Pair every target of a scope with the expression it is bound to."""
    for node in _within(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                yield from ((target, value) for target in targets)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield target, value
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                yield target, value
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                yield target, value
