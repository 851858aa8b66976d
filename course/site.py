"""The lessons and every release as a website that runs in a browser, with nothing installed.

JupyterLite serves JupyterLab as files; Python is Pyodide, with its NumPy and Matplotlib. Pyodide's
files come from their own public host, or from a folder, and then no other host is asked.
"""

import importlib.metadata
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from autograder import registry
from course import ROOT, lesson_release
from course.website import WebsiteError, replaced

RELEASE = ROOT / "release"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
MARK = "jupyter-lite.json"
ENTRY = "pyodide.js"  # the file of a Pyodide set by which it is loaded
LOADED = ("numpy", "matplotlib")
BESIDE = "comm"  # a package of the kernel's that neither it nor every Pyodide set brings


def make(folder: Path, pyodide: str = "") -> None:
    """Make the site in a folder, in the place of one made before.

    Parameters
    ----------
    folder : pathlib.Path
    pyodide : str, optional
        A folder with Pyodide's files, which are copied, or the address of one; by default the
        public address of the version that the kernel was made for.

    Raises
    ------
    WebsiteError
        If a release was not built, the folder holds something else, or Pyodide is incomplete.
    """
    with replaced(folder, MARK) as made:
        place = made.with_name("sources")
        _contents(place / "files")
        is_local = "://" not in pyodide
        if pyodide and is_local:
            _copy_pyodide(Path(pyodide), place / "static" / "pyodide")
        _settings(place, "" if is_local else pyodide, offline=bool(pyodide) and is_local)
        _build(place, made)


def _contents(files: Path) -> None:
    """Lay out what the site's file browser shows: the lessons, and a folder for each release."""
    lesson_release.make(files / "lessons")
    shutil.rmtree(files / "lessons" / ".handed_out")
    for assignment in registry.assignments():
        release = RELEASE / assignment
        if not release.is_dir():
            raise WebsiteError(f"release/{assignment} is missing: `python3 course.py build` first")
        shutil.copytree(release, files / assignment)


def _copy_pyodide(source: Path, target: Path) -> None:
    for needed in (ENTRY, "pyodide-lock.json"):
        if not (source / needed).is_file():
            raise WebsiteError(f"{source} holds no {needed}: it is not a folder of Pyodide's files")
    packages = json.loads((source / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    for needed in LOADED:
        if needed not in packages or not (source / packages[needed]["file_name"]).is_file():
            raise WebsiteError(f"{source} lacks {needed}: it is Pyodide's core, not its full set")
    shutil.copytree(source, target)


def _settings(place: Path, address: str, offline: bool) -> None:
    """Write what JupyterLite is built with."""
    wheel = _wheel(BESIDE, place)
    extension = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / KERNEL
    build = {
        # Of this environment's extensions only the kernel: nbgrader's would ask for its server.
        "LiteBuildConfig": {
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(extension)],
            "contents": ["files"],
            "no_sourcemaps": True,
        },
        "PipliteAddon": {"piplite_urls": [wheel.name]},
    }
    # Loaded at the start: what a module imports, which a lesson imports, is not found in its cells.
    kernel: dict[str, object] = {"loadPyodideOptions": {"packages": list(LOADED)}}
    if offline:
        kernel["disablePyPIFallback"] = True
    if address:
        kernel["pyodideUrl"] = f"{address.rstrip('/')}/{ENTRY}"
    site = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {"litePluginSettings": {f"{KERNEL}:kernel": kernel}},
    }
    # All cells on the page, so that the browser's own search and print find them.
    whole = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}
    for name, content in (
        ("jupyter_lite_config.json", build),
        (MARK, site),
        ("overrides.json", whole),
    ):
        (place / name).write_text(json.dumps(content), encoding="utf-8")


def _wheel(package: str, folder: Path) -> Path:
    """Pack an installed package of pure Python as the wheel that it came from."""
    found = importlib.metadata.distribution(package)
    path = folder / f"{package}-{found.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in found.files or ():
            if "__pycache__" not in file.parts and ".." not in file.parts:
                archive.write(Path(str(found.locate_file(file))), str(file))
    return path


def _build(place: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(folder)]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    if done.returncode:
        told = (done.stdout + done.stderr)[-2000:]
        raise WebsiteError(f"JupyterLite could not build it:\n{told}")
