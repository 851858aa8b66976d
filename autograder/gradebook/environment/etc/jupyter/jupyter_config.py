"""Has nbgrader stop without a course's whole configuration: see autograder/gradebook/guard.py.

This file lies in the environment's `etc/jupyter`, which every Jupyter program reads before any
other configuration, wherever it is started and whatever `--config` says.
"""

import runpy
import sys
from importlib.util import find_spec
from pathlib import Path

if "nbgrader.apps.baseapp" in sys.modules:  # other programs do not need it
    try:
        engine = find_spec("autograder")
        if engine is None or engine.origin is None:
            raise ImportError("there is no package autograder")
        # By its path: what an import by name would run besides may be damaged.
        runpy.run_path(str(Path(engine.origin).parent / "gradebook" / "guard.py"))["begin"]()
    except Exception as error:
        why = f"The guard of the course's grader cannot be loaded ({type(error).__name__}: {error})"
        raise SystemExit(f"Nothing was done. {why}.") from error
