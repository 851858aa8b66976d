#!/usr/bin/env python3
"""Start here: python3 course.py VERB [options]

  demo        grade a class of made-up students from end to end and print the table
  test        run every check of the project
  lab         open Jupyter Lab on the lessons
  site        make a website in which all of it runs, with nothing installed
  book        make a website of lessons and docs, to be read
  lessons     pack the lessons for students, without the answers of assignments
  build       make the notebooks and the students' release from their text
  check       grade an assignment's own solution, empty notebook and mistakes
  mutants     change right answers a little and name what no case notices
  grade       grade what was collected, several submissions at once
  judge       judge a part of a class into files, as one task of a cluster
  record      take the verdicts of judge into the gradebook
  export      write each answer as a file, for programs that compare them
  explain     show what an answer gave on each case, and why
  report      show the class in numbers and as a page
  progress    write a page for each student, over all assignments
  mail        write feedback as e-mail, a file for each student
  result      write a verdict as Gradescope or PrairieLearn reads it
  students    bring a learning platform's class list into the gradebook
  reproduce   print every published figure beside the course's own
  bench       measure the speed
  bring-back  write an edit made in Jupyter back to the notebook's text
  texts       bring the catalogues of texts for students up to date

`python3 course.py VERB --help` or -h tells more, and installs nothing, as --version does. In bash
and zsh `eval "$(python3 course.py --completion)"`, in fish `python3 course.py --completion fish |
source` has Tab complete verbs and options. The first start makes the folder .venv beside this file
and installs the locked requirements in it; deleting .venv undoes that.
"""

# Whatever Python is somebody's `python3` must be able to read this file, so that one that is too
# old is answered by a sentence and not by a SyntaxError: hence % and no f-strings.
# ruff: noqa: UP031
import contextlib
import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time

try:
    import fcntl
except ImportError:
    import msvcrt

    fcntl = None

OLDEST = (3, 11, 2)  # Debian 12's
ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
LOG = os.path.join(VENV, "setup.log")
UV = os.path.join(BIN, "uv.exe" if os.name == "nt" else "uv")
UV_PIN = os.path.join(VENV, "uv.txt")
HALF_DONE = os.path.join(VENV, "setup.half")
LOCK = os.path.join(VENV, "setup.lock")
USAGE = os.path.join(ROOT, "docs", "usage.txt")
RUN, DEV = "requirements.txt", "requirements-dev.txt"
USED = "alembic.command, IPython.core.interactiveshell, matplotlib.pyplot, nbgrader.apps, typer"
MEGABYTES = 900  # measured: 490 MB with RUN, 770 MB with DEV; more is compiled as it is used

VERSION = "%d.%d.%d" % sys.version_info[:3]
TOO_OLD = """Python %s or newer is needed; this is Python %s (%s).
Install a newer one (https://www.python.org/downloads/; on Debian 12, Ubuntu 24.04 and later:
sudo apt-get install python3 python3-venv) and start it by its name, for example:
python3.12 course.py demo"""
NO_VENV = """The modules venv and ensurepip, which make .venv, are missing from this Python %s.
On Debian and Ubuntu: sudo apt-get install python3-venv (for a Python that is not the system's:
python%d.%d-venv). Elsewhere: install Python from https://www.python.org/downloads/.
Then start again.""" % ((VERSION,) + sys.version_info[:2])
NO_REGISTRY = """The package registry could not be reached, so the requirements are not installed.
Check the network and start again. Behind a proxy, first: export HTTPS_PROXY=http://HOST:PORT
With a mirror, first: export PIP_INDEX_URL=https://MIRROR/simple
With certificates of your own, first: export PIP_CERT=/path/to/certificates.pem"""
NO_PIN = """The package registry has no %s that fits the other pins and Python %s.
Start the course with a Python from 3.11 to 3.14, or renew the pins (CONTRIBUTING.md).
If pip is set to use a mirror, the mirror may be behind."""
NO_MATCH = """A package from the registry is not what the project was tested with: its hash differs
from the one in the requirement file. It was not installed. Start again; if this happens again, the
mirror or proxy in between alters packages: tell those who run it."""
NO_SPACE = """The disk is full: the set-up needs about %d MB in %s,
and some in the temporary folder meanwhile. Make room, then start again.""" % (MEGABYTES, ROOT)
NO_RIGHT = "The folder %s cannot be written to, so .venv cannot be made.\n" % ROOT + (
    "Copy the course into a folder of your own and start it there."
)
LINK = """%s is a link to %s.
A set-up would empty that folder, and another copy of the course may run from it.
Delete the link, not the folder behind it, and start again: the course makes a .venv of its own."""
OTHER = "The set-up failed. If you cannot fix the cause below, delete %s and start again." % VENV

HELP = ("-h", "--help")

# Of a Python's arguments only those of this file are completed; files are where nothing else fits.
BASH = """if [ -n "$ZSH_VERSION" ]; then
autoload -Uz compinit bashcompinit
whence compdef >/dev/null || compinit
bashcompinit
fi
_course_py() {
local at w=
for at in 0 1; do case ${COMP_WORDS[at]} in course.py|*/course.py) break ;; esac; done
case ${COMP_WORDS[at]} in course.py|*/course.py) ;; *) return ;; esac
if [ $COMP_CWORD -eq $((at + 1)) ]; then w='%s'
else case ${COMP_WORDS[at + 1]} in
%s
esac; fi
COMPREPLY=($(compgen -W "$w" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o bashdefault -o default -F _course_py course.py python3"""
BASH_CASE = "%s) w='%s' ;;"

# Its function tells whether the word before the cursor's options is this verb, or none yet.
FISH = """function __course_py
set -l words (commandline -opc)
string match -qr '(^|/)course\\.py$' -- "$words[1]"; or set -e words[1]
string match -qr '(^|/)course\\.py$' -- "$words[1]"; and test "$words[2]" = "$argv[1]"
end
complete -c course.py -c python3 -f -n '__course_py ""' -a '%s'
%s"""
FISH_CASE = "complete -c course.py -c python3 -n '__course_py %s' -a '%s'"
SHELLS = {"bash": (BASH, BASH_CASE), "zsh": (BASH, BASH_CASE), "fish": (FISH, FISH_CASE)}

SPACE = re.compile(r"No space left|Disk quota exceeded")
RIGHT = re.compile(r"Permission denied|Read-only file system")
VENV_PARTS = re.compile(r"ensurepip is not\s+available|No module named '?(venv|ensurepip)")
UV_LINES = re.compile(r"^uv==.*(?:\n    --hash.*)+\n", re.MULTILINE)
INDEX = re.compile(r"Looking in indexes: ([^\s,]+)")
CHANGED = re.compile(r"Installing collected packages|^Prepared \d", re.MULTILINE)
PIN = re.compile(r"No matching distribution found for ([^\s;]+)")
MATCH = re.compile(r"DO NOT MATCH THE HASHES|[Hh]ash mismatch")
NETWORK = re.compile(
    r"connection broken|Max retries exceeded|HTTP error \d|\d{3} (Client|Server) Error"
    r"|(Timeout|Proxy|SSL|NameResolution|Connection|Protocol)Error|from versions: none"
)


class Refusal(Exception):
    """The course cannot be started; the text tells the user why."""


def say(text):
    # Not on stdout: what a verb prints there may be read by a program.
    sys.stderr.write("%s\n" % text)
    sys.stderr.flush()


def check_version(version):
    """Refuse a Python older than the oldest supported one."""
    if tuple(version[:3]) < OLDEST:
        oldest, found = [".".join(str(part) for part in parts[:3]) for parts in (OLDEST, version)]
        raise Refusal(TOO_OLD % (oldest, found, sys.executable))


def has_venv():
    """Tell whether the modules are there that Debian keeps in a package of their own."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def environment():
    """Return the environment for all that runs in .venv, whatever this was started from."""
    env = dict(os.environ)
    # Another Python's paths have no place in .venv; SAFEPATH would hide the packages.
    # What is not compiled once is compiled at every start: seven seconds instead of three.
    for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "PYTHONDONTWRITEBYTECODE"):
        env.pop(name, None)
    env["VIRTUAL_ENV"] = VENV
    # nbgrader starts `alembic` and `jupyter` by name.
    env["PATH"] = BIN + os.pathsep + env.get("PATH", os.defpath)
    return env


def stamp_of(requirements):
    """Return a hash of what .venv must be made from to be used: Python, place and pins.

    The place belongs to it because the programs in .venv/bin name their Python by its full path.
    """
    digest = hashlib.sha256(("%d.%d %s" % (sys.version_info[:2] + (VENV,))).encode())
    with open(os.path.join(ROOT, requirements), "rb") as stream:
        digest.update(stream.read())
    return digest.hexdigest()


def stamp_file(requirements):
    return os.path.join(VENV, requirements + ".stamp")


def is_ready(requirements):
    """Tell whether .venv holds these requirements, whole, and its Python starts."""
    try:
        with open(stamp_file(requirements)) as stream:
            if stream.read() != stamp_of(requirements) or os.path.exists(HALF_DONE):
                return False
        return subprocess.call([PYTHON, "-I", "-c", ""], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def try_lock(stream):
    """Try to become the one who sets up; the system lifts the lock when this process ends."""
    try:
        if fcntl:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError as error:
        # Anything else is a file system without locks: better unlocked than never set up.
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


@contextlib.contextmanager
def one_at_a_time():
    """Keep a second start waiting while the first one sets up."""
    with open(LOCK, "w") as stream:
        if not try_lock(stream):
            say("Set-up is already running; waiting for it ...")
            while not try_lock(stream):
                time.sleep(0.2)
        yield


def explain(words):
    """Turn the output of a failed step into a sentence with its remedy and the last lines."""
    missing = PIN.search(words)
    if SPACE.search(words):
        text = NO_SPACE
    elif VENV_PARTS.search(words):
        text = NO_VENV
    elif MATCH.search(words):
        text = NO_MATCH
    elif NETWORK.search(words):
        text = NO_REGISTRY
    elif missing:
        text = NO_PIN % (missing.group(1), VERSION)
    else:
        text = NO_RIGHT if RIGHT.search(words) else OTHER
    lines = [line[:160] for line in words.splitlines() if line.strip() and "[notice]" not in line]
    return "%s\nLast output:\n    %s" % (text, "\n    ".join(lines[-8:]))


class Progress:
    """Shows that the set-up goes on: one line that changes on a terminal, elsewhere a few lines."""

    PAUSE = 10  # seconds at most without a line where lines are kept

    def __init__(self):
        self.begun = self.said = time.time()
        self.step = ""
        self.changes = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def show(self, step, detail=""):
        """Tell which step is under way, and how far it is."""
        now = time.time()
        line = "Setting up, %d s: %s%s" % (now - self.begun, step, detail)
        if self.changes:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write("\r" + line[:width].ljust(width))
            sys.stderr.flush()
        elif step != self.step or now - self.said >= self.PAUSE:
            say(line)
            self.said = now
        self.step = step

    def end(self):
        """Leave the terminal's line to whatever is written next."""
        if self.changes and self.step:
            sys.stderr.write("\n")


def packages_folder():
    return sysconfig.get_path("purelib", "venv", vars={"base": VENV})


def how_far(total):
    """Tell how many packages are installed, and the installer's last line."""
    count = len([name for name in os.listdir(packages_folder()) if name.endswith(".dist-info")])
    with open(LOG, errors="replace") as log:
        last = (log.read().strip().splitlines() or ["starting"])[-1].strip()
    return ", %d of %d; %s" % (min(count, total), total, last[:60])


def run(command, progress, step, total=0):
    """Run a step of the set-up, all its output into the log; return that if it failed."""
    with open(LOG, "w") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment(),
        )
    try:
        while process.poll() is None:
            progress.show(step, how_far(total) if total else "")
            time.sleep(0.1)
    finally:
        if process.poll() is None:  # interrupted
            process.kill()
            process.wait()
    if process.returncode == 0:
        return None
    with open(LOG, "a+", errors="replace") as log:
        # On a disk that is full there may be nothing in the log, but then this raises.
        log.write("(exit code %d; the full log is in %s)\n" % (process.returncode, LOG))
        log.seek(0)
        return log.read()


def make(progress):
    """Make .venv from nothing, in the place of whatever is there."""
    if not has_venv():
        raise Refusal(NO_VENV)
    for name in os.listdir(VENV):
        path = os.path.join(VENV, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif path != LOCK:
            os.remove(path)
    if shutil.disk_usage(VENV).free < MEGABYTES * 1e6:
        raise Refusal(NO_SPACE)
    # The Python below any other environment from which this was started.
    base = getattr(sys, "_base_executable", None) or sys.executable
    failure = run([base, "-I", "-m", "venv", VENV], progress, "making .venv")
    if failure is not None:
        raise Refusal(explain(failure))
    # Both packages are to be found from every folder, notebooks/ among them.
    with open(os.path.join(packages_folder(), "course.pth"), "w") as stream:
        stream.write(ROOT + "\n")


def install(requirements, progress):
    """Install what is locked, and stamp it last."""
    with open(os.path.join(ROOT, requirements)) as stream:
        text = stream.read()
    total = len(re.findall(r"^\S+==\S+ \\$", text, re.MULTILINE))
    open(HALF_DONE, "w").close()
    first = install_with_uv(requirements, text, total, progress)
    if first is not None:
        failure = run(pip(requirements), progress, "installing packages with pip", total)
        # Without a network nothing is changed: what was ready stays ready.
        if failure is None or not CHANGED.search(first + failure):
            os.remove(HALF_DONE)
        if failure is not None:
            raise Refusal(explain(failure))
    start_once(progress)
    if os.path.exists(HALF_DONE):
        os.remove(HALF_DONE)
    # The second file begins where the first ends: what a test needs, running needs too.
    for name in (RUN, DEV)[: 1 + (requirements == DEV)]:
        with open(stamp_file(name), "w") as stream:
            stream.write(stamp_of(name))


def pip(requirements):
    command = [PYTHON, "-I", "-m", "pip", "install", "--no-user", "--no-input", "--no-deps"]
    return command + ["--no-compile", "--require-hashes", "-r", requirements]


def install_with_uv(requirements, text, total, progress):
    """Install uv with pip, and the rest with uv in a tenth of pip's time; return a failure.

    pip comes after a failure: it knows the mirrors, proxies and certificates that it was set up
    for, and runs wherever Python does.
    """
    lines = UV_LINES.search(text)
    if lines is None:
        return "uv is not among the requirements"
    with open(UV_PIN, "w") as stream:
        stream.write(lines.group())
    failure = run(pip(UV_PIN) + ["--retries", "1"], progress, "fetching the installer, uv")
    if failure is not None:
        return failure
    command = [UV, "pip", "install", "--no-config", "--python", PYTHON, "--no-deps"]
    command += ["--require-hashes", "-r", requirements]
    with open(LOG, errors="replace") as log:
        index = INDEX.search(log.read())
    if index:
        command += ["--default-index", index.group(1)]
    try:
        return run(command, progress, "installing packages", total)
    except OSError as error:  # a program that this system cannot start
        return str(error)


def start_once(progress):
    """Import what the commands and the workers import, which compiles just that.

    A worker may not write to .venv, so it would compile at every start what is not compiled now.
    """
    run([PYTHON, "-I", "-c", "import " + USED], progress, "starting the packages once")


def set_up(requirements):
    """Bring .venv up to date if it is not."""
    if is_ready(requirements):
        return
    if os.path.islink(VENV):
        raise Refusal(LINK % (VENV, os.path.realpath(VENV)))
    os.makedirs(VENV, exist_ok=True)
    with one_at_a_time():
        if is_ready(requirements):
            return
        progress = Progress()
        try:
            if not is_ready(RUN):
                make(progress)
            install(requirements, progress)
            progress.show("done")
        finally:
            progress.end()


def usage_of(verb):
    """Return the usage of a verb, as typer would print it; that needs the environment."""
    with open(USAGE) as stream:
        usages = stream.read().split("\n\n\n")
    for usage in usages:
        if usage.startswith("Usage: python3 course.py %s " % verb):
            return usage.rstrip()
    raise Refusal("There is no verb %s.\n\n%s" % (verb, __doc__.rstrip()))


def completion(shell):
    """Return what has a shell complete verbs and options."""
    if shell not in SHELLS:
        raise Refusal("There is no completion for %s, but for %s." % (shell, ", ".join(SHELLS)))
    with open(USAGE) as stream:
        usages = stream.read().split("\n\n\n")
    verbs = [re.match(r"Usage: python3 course.py (\S+)", usage).group(1) for usage in usages]
    options = [sorted(set(re.findall(r"^  (?:-h, )?(--[\w-]+)", each, re.M))) for each in usages]
    script, case = SHELLS[shell]
    cases = "\n".join(case % (verb, " ".join(own)) for verb, own in zip(verbs, options))
    return script % (" ".join(verbs + ["--help", "--version"]), cases)


def hand_over(arguments):
    """Become `python -m course` in .venv."""
    command = [PYTHON, "-m", "course"] + arguments
    if os.name == "nt":  # where exec returns to the prompt at once
        return subprocess.call(command, env=environment())
    os.execve(PYTHON, command, environment())


def version():
    """Return the version of the project, from the only place where it is written."""
    import tomllib  # not in a Python that is too old

    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        project = tomllib.load(file)["project"]
    return "%s %s" % (project["name"], project["version"])


def main(arguments):
    check_version(sys.version_info)
    if not arguments or arguments[0] in HELP:
        print(__doc__.rstrip())
        return 0
    if arguments[0] == "--version":
        print(version())
        return 0
    if arguments[0] == "--completion":
        print(completion(arguments[1] if arguments[1:] else "bash"))
        return 0
    usage = usage_of(arguments[0])
    if set(HELP) & set(arguments[: (arguments + ["--"]).index("--")]):
        print(usage)
        return 0
    os.chdir(ROOT)
    set_up(DEV if arguments[0] in ("test", "site", "book") else RUN)
    return hand_over(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Refusal as refusal:
        say(refusal)
    except OSError as error:
        say(explain(str(error)))
    except KeyboardInterrupt:
        say("Interrupted.")
        sys.exit(130)
    sys.exit(2)
