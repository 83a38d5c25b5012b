"""run.py: one file of the standard library that makes a bare machine ready."""

import ast
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "run.py"


@pytest.fixture
def run() -> ModuleType:
    """Load the script afresh, so that a test may move its folders."""
    spec = importlib.util.spec_from_file_location("run", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a lock and a project file, as `run` sees its own."""
    (tmp_path / "requirements.lock").write_text("uv==1.0 \\\n    --hash=sha256:aa\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "ektp-setup.json")
    return tmp_path


def _program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def _call(*arguments: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-I", "-S", str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": "", "HOME": os.devnull, "LC_ALL": "C"},
        check=False,
    )


# What anybody may type -----------------------------------------------------------------


def test_it_imports_the_standard_library_alone() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module))
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize("words", [(), ("help",), ("-h",), ("--help",)])
def test_help_needs_nothing_installed(words: tuple[str, ...]) -> None:
    done = _call(*words)
    assert done.returncode == 0
    assert "run.py report KANTOR PERIODE" in done.stdout
    assert "…" in done.stdout


@pytest.mark.parametrize("option", ["--bundle", "--from"])
def test_an_option_without_its_folder_is_refused_in_both_languages(option: str) -> None:
    done = _call("setup", option)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"Sebutkan folder setelah {option}.",
        f"Name a folder after {option}.",
    ]


def test_a_misspelt_option_is_refused_before_anything_is_set_up() -> None:
    done = _call("setup", "--bundel", "folder")
    assert done.returncode == 1
    assert done.stderr.startswith("Pilihan --bundel tidak ada.")


@pytest.mark.parametrize("version", ["3.7", "3.8", "3.9", "3.10"])
def test_an_old_python_gets_a_sentence_and_no_traceback(version: str) -> None:
    candidates = [
        *Path.home().glob(f".pyenv/versions/{version}.*/bin/python"),
        *filter(None, [shutil.which(f"python{version}")]),
    ]
    usable = [str(p) for p in candidates if subprocess.call([str(p), "-c", "pass"]) == 0]
    if not usable:
        pytest.skip(f"no Python {version} on this machine")
    done = _call("help", python=usable[0])
    assert done.returncode == 1
    assert f"Diperlukan Python 3.11 atau lebih baru, ini Python {version}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_oldest_python_is_the_one_of_the_project_file(run: ModuleType) -> None:
    wanted = ">={}.{}".format(*run.OLDEST_PYTHON)
    assert f'requires-python = "{wanted}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_a_folder_is_read_after_its_option(run: ModuleType, tmp_path: Path) -> None:
    assert run.folder_after("--bundle", ["--bundle", str(tmp_path)]) == tmp_path.resolve()
    assert run.folder_after("--from", ["--bundle", "x"]) is None
    with pytest.raises(run.Stop, match="Sebutkan folder setelah --bundle"):
        run.folder_after("--bundle", ["--bundle"])


# The set-up ----------------------------------------------------------------------------


def test_a_finished_set_up_is_not_repeated(run: ModuleType, project: Path) -> None:
    (project / ".venv").mkdir()
    run.STAMP.write_text(run.current_stamp(), encoding="utf-8")
    run.make_venv = lambda _: pytest.fail("set up again")
    run.prepare()


@pytest.mark.parametrize("file", ["requirements.lock", "pyproject.toml"])
def test_a_changed_list_of_packages_asks_for_a_new_set_up(
    run: ModuleType, project: Path, file: str
) -> None:
    before = run.current_stamp()
    with (project / file).open("a") as sink:
        sink.write("# more\n")
    assert run.current_stamp() != before


def test_line_ends_of_a_windows_checkout_change_nothing(run: ModuleType, project: Path) -> None:
    before = run.current_stamp()
    lock = project / "requirements.lock"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert run.current_stamp() == before


def test_a_failed_set_up_leaves_no_stamp_and_names_its_log(run: ModuleType, project: Path) -> None:
    run.make_venv = lambda log: log.write_text("made")
    run.install_with_uv = run.install_with_pip = lambda *_: False
    with pytest.raises(run.Stop, match="Paket tidak dapat dipasang") as stopped:
        run.prepare()
    log = re.search(r"catatan lengkap di (\S+\.log)\.", str(stopped.value))
    assert log is not None
    assert Path(log[1]).read_text() == "made"
    assert not run.STAMP.exists()
    shutil.rmtree(Path(log[1]).parent)


def test_plain_pip_follows_when_uv_fails(run: ModuleType, project: Path) -> None:
    (project / ".venv").mkdir()
    run.make_venv = lambda _: None
    tools = []

    def only_pip_works(command: list[str], log: Path) -> bool:
        tools.append(command[2])
        return command[2] == "pip"

    run.succeeds = only_pip_works
    run.lock_entry = lambda *_: ""
    run.prepare()
    assert tools == ["pip", "uv", "pip", "pip", "compileall"]
    assert run.STAMP.read_text(encoding="utf-8") == run.current_stamp()


def test_uv_is_cut_out_of_the_real_lock_with_its_hashes(run: ModuleType) -> None:
    entry = run.lock_entry((ROOT / "requirements.lock").read_text("utf-8"), "uv")
    first, *hashes = entry.strip().splitlines()
    assert re.fullmatch(r"uv==[\d.]+ \\", first)
    assert len(hashes) > 1
    assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes)


def test_the_log_holds_what_a_failing_program_said(run: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "setup.log"
    code = "import sys; print('the reason'); sys.exit(3)"
    assert not run.succeeds([sys.executable, "-c", code], log)
    assert not run.succeeds([str(tmp_path / "absent")], log)
    assert "the reason" in log.read_text()
    assert "absent" in log.read_text()


def test_children_get_utf8_and_nothing_of_another_python(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    monkeypatch.chdir(tmp_path)
    environment = run.child_environment("/a/browser")
    assert environment["PYTHONUTF8"] == "1"
    assert environment["BROWSER_PATH"] == "/a/browser"
    assert environment["PATH"].startswith(str(ROOT / ".venv"))
    assert environment["EKTP_WORKSPACE"] == str(ROOT)
    assert not {"PYTHONPATH", "PYTHONHOME"} & set(environment)


def test_the_users_own_workspace_goes_before_the_bundled_one(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inside = tmp_path / "data" / "raw" / "office"
    inside.mkdir(parents=True)
    monkeypatch.delenv("EKTP_WORKSPACE", raising=False)
    monkeypatch.chdir(inside)
    assert "EKTP_WORKSPACE" not in run.child_environment(None)


# The bundle for an offline PC ----------------------------------------------------------


@pytest.fixture
def bundle(run: ModuleType, project: Path) -> Path:
    """Make a bundle of one wheel with a `pip wheel` that needs no network."""
    folder = project / "bundle"

    def wheel(command: list[str], log: Path | None = None) -> bool:
        assert command[command.index("-w") + 1] == str(folder)
        (folder / "My_Package-1.2.3-py3-none-any.whl").write_bytes(b"wheel")
        return True

    run.succeeds = wheel
    run.make_bundle(folder)
    return folder


def test_a_bundle_lists_its_wheels_with_their_hashes(run: ModuleType, bundle: Path) -> None:
    header, entry = (bundle / "bundle.lock").read_text(encoding="utf-8").splitlines()
    digest = hashlib.sha256(b"wheel").hexdigest()
    assert header.startswith(f"# Python {sys.version_info[0]}.{sys.version_info[1]}, ")
    assert entry == f"my-package==1.2.3 --hash=sha256:{digest}"
    run.check_bundle(bundle)


def test_a_bundle_of_another_release_is_refused(
    run: ModuleType, bundle: Path, project: Path
) -> None:
    (project / "requirements.lock").write_text("other==1\n")
    with pytest.raises(run.Stop, match="bukan bundel"):
        run.check_bundle(bundle)


def test_a_folder_without_a_bundle_is_refused(run: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(run.Stop, match="bukan bundel"):
        run.check_bundle(tmp_path)


# The browser ---------------------------------------------------------------------------


def test_the_browser_the_user_names_goes_first(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mine, other = _program(tmp_path / "mine"), _program(tmp_path / "bin" / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("BROWSER_PATH", mine)
    assert run.find_browser() == mine
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "absent"))
    assert run.find_browser() == other


@pytest.mark.parametrize(
    "name", ["google-chrome", "chromium", "chromium-browser", "microsoft-edge", "brave-browser"]
)
def test_a_browser_on_the_path_is_found(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    program = _program(tmp_path / name)
    assert run.find_browser() == program


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("PROGRAMFILES", "Google/Chrome/Application/chrome.exe"),
        ("PROGRAMFILES(X86)", "Microsoft/Edge/Application/msedge.exe"),
        ("LOCALAPPDATA", "BraveSoftware/Brave-Browser/Application/brave.exe"),
    ],
)
def test_a_browser_in_a_windows_folder_is_looked_for(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, folder: str, program: str
) -> None:
    for name in run.WINDOWS_FOLDERS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(folder, "C:/Folder")
    assert f"C:/Folder/{program}" in run.usual_browsers("win32")


def test_a_browser_in_a_macos_folder_is_looked_for(run: ModuleType) -> None:
    program = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    assert program in run.usual_browsers("darwin")


def test_without_a_browser_the_run_goes_on_with_one_line(
    run: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    run.find_browser = lambda: None
    run.can_use_apt = lambda: False
    assert run.find_or_install_browser(needed=True) is None
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run.find_or_install_browser(needed=False) is None
    assert capsys.readouterr().err == ""


def test_debian_root_gets_chromium_after_fresh_lists(run: ModuleType) -> None:
    commands: list[list[str]] = []
    run.find_browser = lambda: "/usr/bin/chromium" if commands else None
    run.can_use_apt = lambda: True
    run.succeeds = lambda command, log: not commands.append(command)
    assert run.find_or_install_browser(needed=True) == "/usr/bin/chromium"
    assert commands[0] == ["apt-get", "update"]
    assert commands[1][:2] == ["apt-get", "install"]
    assert commands[1][-1] == "chromium"


# The reports ---------------------------------------------------------------------------


def test_the_bundled_reports_are_listed_with_their_files(
    run: ModuleType, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def report(arguments: list[str], environment: dict[str, str]) -> int:
        assert environment["EKTP_WORKSPACE"] == str(project)
        _program(project / "reports" / arguments[1] / arguments[2] / "laporan.pdf")
        return 1 if arguments[1] == "banyuasin" else 0

    old = project / "reports" / "contoh" / "2025-Q4" / "poster.pdf"
    _program(old)
    os.utime(old, (1, 1))
    run.run_ektp = report
    assert run.build_bundled_reports({}, time.time()) == 1
    shown = capsys.readouterr().out
    for office, period in run.BUNDLED_REPORTS:
        assert str(project / "reports" / office / period / "laporan.pdf") in shown
    assert "poster.pdf" not in shown


def test_other_words_go_to_ektp_as_they_are(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(run, "prepare", lambda: None)
    monkeypatch.setattr(run, "call", lambda command, *_: seen.append(command) or 7)
    words = ["report", "contoh", "2025-Q4", "--format", "pdf"]
    assert run.main(words) == 7
    assert seen[0][-5:] == words
