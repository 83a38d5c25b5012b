#!/usr/bin/env python3
"""Set up and run ektp_analytics on a machine that has only Python 3.11 or newer.

``python3 run.py report`` (Windows: ``py run.py report``) makes ``.venv``, installs the
hashed ``requirements.lock`` into it, finds a browser for the PDF and prints the bundled
reports. It needs the standard library alone, and older Pythons can read its syntax: they
get a plain sentence instead of a traceback.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "ektp-setup.json"
LOCK = ROOT / "requirements.lock"
BUNDLE_LOCK = "bundle.lock"
OLDEST_PYTHON = (3, 11)
BUNDLED_REPORTS = (("sekadau", "2019-S1"), ("banyuasin", "2017-Q4"), ("contoh", "2025-Q4"))
NEEDS_BROWSER = ("batch", "report", "rollup", "test")
RUFF_STEPS = ("check", "format --check")
START_EKTP = (
    "import sys; sys.argv[0] = 'ektp'; from ektp_analytics.cli import main; sys.exit(main())"
)

BROWSERS_ON_PATH = (
    *("google-chrome", "google-chrome-stable", "chrome", "chromium", "chromium-browser"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser", "brave"),
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_BROWSERS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "BraveSoftware/Brave-Browser/Application/brave.exe",
)
MACOS_BROWSERS = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")

USAGE = """\
Cara pakai / usage (Windows: py run.py …):
  python3 run.py report                  laporan kantor bawaan / the bundled reports
  python3 run.py report KANTOR PERIODE   satu laporan / one report, e.g. report contoh 2025-Q4
  python3 run.py test [PYTEST …]         menjalankan pengujian / run the tests
  python3 run.py lab                     membuka JupyterLab / open the notebooks
  python3 run.py setup                   hanya menyiapkan / only set up
  python3 run.py setup --bundle FOLDER   mengunduh paket untuk PC luring / for an offline PC
  python3 run.py setup --from FOLDER     memasang dari paket itu / install from that bundle
  python3 run.py PERINTAH …              perintah ektp lain / any other ektp command"""


class Stop(Exception):
    """The run cannot go on; says why in one plain sentence, Indonesian first."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(f"{indonesian}\n{english}")


def main(arguments: list[str]) -> int:
    """Carry out one command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    try:
        if sys.version_info < OLDEST_PYTHON:
            return hand_over_to_newer_python(arguments)
        return dispatch(arguments)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Dihentikan.\nStopped.", file=sys.stderr)
        return 130


def dispatch(arguments: list[str]) -> int:
    """Set up what the command needs, then run it."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if command in ("--help", "-h", "help"):
        print(USAGE)
        return 0
    started = time.time()
    if command == "setup":
        return set_up(rest, started)
    prepare()
    environment = child_environment(find_or_install_browser(command in NEEDS_BROWSER))
    if command == "test":
        return run_tests(rest, environment)
    if command == "lab":
        lab = [str(venv_python()), "-m", "jupyterlab", "--allow-root", *rest]
        return call(lab, environment, ROOT / "notebooks")
    if command == "report" and not rest:
        return build_bundled_reports(environment, started)
    return run_ektp(arguments, environment)


def set_up(arguments: list[str], started: float) -> int:
    """Set up and run nothing; from a bundle or making one, if asked to."""
    source, bundle = folder_after("--from", arguments), folder_after("--bundle", arguments)
    if arguments and source is None and bundle is None:
        raise Stop(f"Pilihan {arguments[0]} tidak ada.", f"There is no option {arguments[0]}.")
    prepare(source)
    find_or_install_browser(needed=True)
    if bundle is not None:
        make_bundle(bundle)
    say(f"Siap ({seconds_since(started)}).", "ready.")
    return 0


def folder_after(option: str, arguments: list[str]) -> Path | None:
    """Read the folder that follows `option`; None if the option is not there."""
    if option not in arguments:
        return None
    following = arguments[arguments.index(option) + 1 :]
    if not following:
        raise Stop(f"Sebutkan folder setelah {option}.", f"Name a folder after {option}.")
    return Path(following[0]).resolve()


def hand_over_to_newer_python(arguments: list[str]) -> int:
    """Run this script again with the newest usable Python on the PATH."""
    for minor in range(30, OLDEST_PYTHON[1] - 1, -1):
        candidate = shutil.which(f"python3.{minor}")
        if candidate and succeeds([candidate, "-c", "pass"]):
            return subprocess.call([candidate, __file__, *arguments])
    version = ".".join(map(str, sys.version_info[:2]))
    raise Stop(
        f"Diperlukan Python 3.11 atau lebih baru, ini Python {version}; pasang yang baru (64-bit).",
        f"Python 3.11 or newer is needed, this is Python {version}; install a new one (64-bit).",
    )


def prepare(bundle: Path | None = None) -> None:
    """Bring ``.venv`` in line with the lock; do nothing if it already is."""
    if bundle is None and STAMP.is_file() and STAMP.read_text("utf-8") == current_stamp():
        return
    lock, source = LOCK, []
    if bundle is not None:
        check_bundle(bundle)
        lock, source = bundle / BUNDLE_LOCK, ["--no-index", "--find-links", str(bundle)]
    say("Menyiapkan .venv (sekali saja) …", "setting up .venv (only once) …")
    log = Path(tempfile.mkdtemp(prefix="ektp-setup-")) / "setup.log"
    make_venv(log)
    if not (install_with_uv(lock, source, log) or install_with_pip(lock, source, log)):
        raise Stop(
            f"Paket tidak dapat dipasang; periksa sambungan internet, catatan lengkap di {log}.",
            f"The packages could not be installed; check the network, the full log is {log}.",
        )
    succeeds([str(venv_python()), "-m", "compileall", "-q", str(ROOT / "ektp_analytics")], log)
    STAMP.write_text(current_stamp(), encoding="utf-8")
    shutil.rmtree(log.parent, ignore_errors=True)


def current_stamp() -> str:
    """Describe what a finished set-up depends on: lock, project file, place, Python."""
    files = [fingerprint(LOCK), fingerprint(ROOT / "pyproject.toml")]
    return "\n".join([*files, str(ROOT), os.path.realpath(venv_python())])


def fingerprint(path: Path) -> str:
    """SHA-256 of a text file, the same whatever its line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def venv_python() -> Path:
    """Path of the interpreter inside ``.venv``."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_venv(log: Path) -> None:
    """Make ``.venv`` unless a usable one is there; on Debian, get what Python lacks for it."""
    usable = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    if venv_python().exists() and succeeds([str(venv_python()), "-c", usable]):
        return
    if sys.maxsize < 2**32:
        raise Stop(
            "Ini Python 32-bit; pasang yang 64-bit.", "32-bit Python; install the 64-bit one."
        )
    has_venv = importlib.util.find_spec("ensurepip") is not None
    if not has_venv and not (can_use_apt() and apt_install("python3-venv", log)):
        raise Stop(
            "Python ini tanpa modul venv; jalankan `apt install python3-venv` sebagai root.",
            "This Python lacks its venv module; run `apt install python3-venv` as root.",
        )
    if not succeeds([sys.executable, "-m", "venv", "--clear", str(VENV)], log):
        raise Stop(f"Gagal membuat .venv, lihat {log}.", f"Could not make .venv, see {log}.")


def install_with_uv(lock: Path, source: list[str], log: Path) -> bool:
    """Install uv as the lock pins it, and with it the lock and the project."""
    python, only_uv = str(venv_python()), log.with_name("uv.lock")
    only_uv.write_text(lock_entry(lock.read_text("utf-8"), "uv"), encoding="utf-8")
    pip = [python, "-m", "pip", "install", "--no-deps", "--require-hashes", *source]
    uv = [python, "-m", "uv", "pip", "install", "--python", python, "--system-certs", *source]
    # Compiled at once, as pip does by itself: else commands spend seconds on it.
    locked = ["--compile-bytecode", "--require-hashes", "--build-constraints", str(lock)]
    project = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    steps = [[*pip, "-r", str(only_uv)], [*uv, *locked, "-r", str(lock)], [*uv, *project]]
    return all(succeeds(step, log) for step in steps)


def install_with_pip(lock: Path, source: list[str], log: Path) -> bool:
    """Install the lock and the project with plain pip: slower, but everywhere."""
    say("uv tidak dapat dipakai, lanjut dengan pip …", "uv does not work here, using pip …")
    pip = [str(venv_python()), "-m", "pip", "install", "--no-deps", *source]
    locked = ["--require-hashes", "-r", str(lock)]
    project = ["--no-build-isolation", "-e", str(ROOT)]
    return succeeds([*pip, *locked], log) and succeeds([*pip, *project], log)


def lock_entry(lock: str, name: str) -> str:
    """Cut the entry of one package, with its hashes, out of the text of a lock."""
    entry = re.search(rf"^{re.escape(name)}==.*(?:\n[ \t].*)*", lock, re.MULTILINE)
    return entry.group() + "\n" if entry else ""


def bundle_header() -> str:
    """First line of a bundle's lock: the Python, system and release it is for."""
    return (
        f"# Python {'.'.join(map(str, sys.version_info[:2]))}, {sys.platform}, {fingerprint(LOCK)}"
    )


def check_bundle(folder: Path) -> None:
    """Refuse a folder that is no bundle, or one for another Python, system or release."""
    path = folder / BUNDLE_LOCK
    made_for = path.read_text(encoding="utf-8").partition("\n")[0] if path.is_file() else ""
    if made_for != bundle_header():
        raise Stop(
            f"{folder} bukan bundel untuk rilis, Python, dan sistem ini; buat dengan --bundle.",
            f"{folder} is no bundle for this release, Python and system; make one with --bundle.",
        )


def make_bundle(folder: Path) -> None:
    """Fill a folder with every locked package as a wheel, and a lock of these files."""
    say(f"Mengunduh paket ke {folder} …", f"downloading the packages to {folder} …")
    folder.mkdir(parents=True, exist_ok=True)
    wheel = [str(venv_python()), "-m", "pip", "wheel", "--no-deps", "--require-hashes"]
    if not succeeds([*wheel, "-r", str(LOCK), "-w", str(folder)]):
        raise Stop("Unduhan gagal; periksa internet.", "Download failed; check the network.")
    lines = [bundle_header(), *map(bundle_entry, sorted(folder.glob("*.whl")))]
    (folder / BUNDLE_LOCK).write_text("\n".join(lines) + "\n", encoding="utf-8")


def bundle_entry(wheel: Path) -> str:
    """Lock line of one wheel: name, version, SHA-256."""
    name, version = wheel.name.split("-")[:2]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name.replace('_', '-').lower()}=={version} --hash=sha256:{digest}"


def find_browser() -> str | None:
    """Find a browser that can print: ``BROWSER_PATH``, then the PATH, then usual places."""
    named = os.environ.get("BROWSER_PATH")
    if named and Path(named).is_file():
        return named
    on_path = filter(None, map(shutil.which, BROWSERS_ON_PATH))
    return next(on_path, None) or next(filter(os.path.isfile, usual_browsers(sys.platform)), None)


def usual_browsers(platform: str) -> list[str]:
    """Where Chrome, Chromium, Edge and Brave lie when they are not on the PATH."""
    if platform == "win32":
        folders = [os.environ[name] for name in WINDOWS_FOLDERS if os.environ.get(name)]
        return [f"{folder}/{program}" for folder in folders for program in WINDOWS_BROWSERS]
    if platform == "darwin":
        folders = ["/Applications", os.path.expanduser("~/Applications")]
        return [f"{f}/{name}.app/Contents/MacOS/{name}" for f in folders for name in MACOS_BROWSERS]
    return ["/snap/bin/chromium", "/opt/google/chrome/chrome"]


def find_or_install_browser(needed: bool) -> str | None:
    """Find a browser; if the command needs one, install Debian's or say how to get one."""
    browser = find_browser()
    if browser is None and needed and can_use_apt():
        say("Memasang chromium untuk PDF …", "installing chromium for the PDF …")
        apt_install("chromium")
        browser = find_browser()
    if browser is None and needed:
        say(
            "Tidak ada Chrome, Edge, Chromium, atau Brave: pasang salah satunya agar PDF tercetak.",
            "no Chrome, Edge, Chromium or Brave: install one of them to get the PDF.",
        )
    return browser


def can_use_apt() -> bool:
    """Tell whether this is Debian, run by root, with apt-get."""
    release = Path("/etc/os-release")
    if not shutil.which("apt-get") or not release.is_file() or os.geteuid() != 0:
        return False
    return re.search(r'^ID="?debian"?$', release.read_text("utf-8"), re.MULTILINE) is not None


def apt_install(package: str, log: Path | None = None) -> bool:
    """Install one Debian package, with fresh lists first."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", package]
    return succeeds(["apt-get", "update"], log) and succeeds(install, log)


def run_ektp(arguments: list[str], environment: dict[str, str]) -> int:
    """Run one ``ektp`` command in ``.venv``."""
    # -P keeps the user's folder off the module path: a stray pandas.py there does no harm.
    return call([str(venv_python()), "-P", "-c", START_EKTP, *arguments], environment)


def build_bundled_reports(environment: dict[str, str], started: float) -> int:
    """Build the report of every bundled office, then say where each file is."""
    environment = {**environment, "EKTP_WORKSPACE": str(ROOT)}
    codes, summary = [], []
    for office, period in BUNDLED_REPORTS:
        begun = time.time()
        codes.append(run_ektp(["report", office, period], environment))
        files = files_since(begun, ROOT / "reports" / office / period)
        summary.append(f"{office} {period} ({seconds_since(begun)})")
        summary += [f"  {file}" for file in files] or ["  tidak ada berkas baru / no new file"]
    print("\n" + "\n".join(summary), flush=True)
    say(f"Selesai dalam {seconds_since(started)}.", "done.")
    return max(codes)


def files_since(moment: float, folder: Path) -> list[Path]:
    """List the files below `folder` that are not older than `moment`."""
    files = (path for path in folder.rglob("*") if path.is_file())
    # Two seconds are the coarsest clock of a file system in use (FAT, USB sticks).
    return sorted(path for path in files if path.stat().st_mtime >= moment - 2)


def run_tests(arguments: list[str], environment: dict[str, str]) -> int:
    """Run pytest; without arguments also ruff, and mypy beside the tests."""
    tool = [str(venv_python()), "-m"]
    if arguments:
        return call([*tool, "pytest", *arguments], environment)
    codes = [call([*tool, "ruff", *step.split()], environment, ROOT) for step in RUFF_STEPS]
    with tempfile.TemporaryFile() as report:
        mypy = subprocess.Popen([*tool, "mypy"], env=environment, cwd=ROOT, stdout=report)
        tests = call([*tool, "pytest", "-n", "auto", "--dist", "loadfile"], environment, ROOT)
        codes.append(mypy.wait())
        report.seek(0)
        print("mypy:", report.read().decode("utf-8", "replace").strip())
    return tests or int(any(codes))


def child_environment(browser: str | None) -> dict[str, str]:
    """Environment of every command: ``.venv`` first, UTF-8, the browser, a workspace."""
    environment = {**clean_environment(), "VIRTUAL_ENV": str(VENV)}
    environment["PATH"] = os.pathsep.join([str(venv_python().parent), os.environ.get("PATH", "")])
    if browser:
        environment["BROWSER_PATH"] = browser
    here = Path.cwd()
    if not any((folder / "data" / "raw").is_dir() for folder in (here, *here.parents)):
        environment.setdefault("EKTP_WORKSPACE", str(ROOT))
    return environment


def clean_environment() -> dict[str, str]:
    """Copy the environment without what would lead another Python astray."""
    unwanted = ("PYTHONHOME", "PYTHONPATH", "PIP_USER")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "PYTHONUTF8": "1", "DEBIAN_FRONTEND": "noninteractive"}


def call(command: list[str], environment: dict[str, str], folder: Path | None = None) -> int:
    """Run a command on the user's console and return its exit code."""
    sys.stdout.flush()
    code = subprocess.call(command, env=environment, cwd=folder)
    return code if code >= 0 else 128 - code


def succeeds(command: list[str], log: Path | None = None) -> bool:
    """Run a command in silence, its output appended to `log`; tell whether it went well."""
    with open(log or os.devnull, "ab") as sink:
        try:
            return subprocess.call(command, env=clean_environment(), stdout=sink, stderr=sink) == 0
        except OSError as error:
            sink.write(f"{command[0]}: {error}\n".encode())
            return False


def seconds_since(moment: float) -> str:
    """Elapsed time as an Indonesian reads it: ``12,3 detik``."""
    return f"{time.time() - moment:.1f} detik".replace(".", ",")


def say(indonesian: str, english: str) -> None:
    """Print one line of progress in both languages."""
    print(f"{indonesian} / {english}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
