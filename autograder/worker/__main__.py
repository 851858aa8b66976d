"""Started as a folder, `python …/worker JSON`: the packages here are not installed for workers.

Two names are made importable, `worker` and `checks`, and nothing else of the project is.
"""

import gc
import importlib.util
import json
import os
import sys
from importlib import import_module


def main(config: str) -> None:
    """Run the module that the configuration names, with that configuration."""
    gc.disable()  # until all is imported: `fork_server` enables it for its workers
    settings = json.loads(config)
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.pop(0)
    sys.argv[1:] = []
    _register("worker", here)
    _register("checks", settings["checks"])
    import_module(f"worker.{settings['module']}").main(settings)


def _register(name: str, folder: str) -> None:
    spec = importlib.util.spec_from_file_location(
        name, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"there is no package {name} in {folder}")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


if __name__ == "__main__":
    main(sys.argv[1])
