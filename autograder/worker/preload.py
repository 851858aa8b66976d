"""What notebooks import, imported before the first worker is forked."""

import gc
import os
import shutil

from checks import wire
from checks.calls import Call, called, encoded

from . import session  # noqa: F401  so that it is there for every worker
from .shell import Shell, make_shell

FONTS = "/matplotlib"  # where the walls show Matplotlib's list of fonts
WARM = 20  # runs: by then Python has specialised its bytecode, and all workers share that
SAMPLE = """
import numpy as np
import matplotlib.pyplot as plt
def sample(values, rng):
    return {"mean": np.mean(values), "drawn": rng.standard_normal((2, 3))}
print(sample([1.0, 2.0], np.random.default_rng(0)))
"""


def preload() -> Shell:
    """Import what students import, so that no worker has to."""
    if os.path.isdir(FONTS):
        shutil.copytree(FONTS, os.environ["MPLCONFIGDIR"], dirs_exist_ok=True)
    import matplotlib.backends.backend_agg  # noqa: F401
    import matplotlib.pyplot as plt
    import numpy.random  # noqa: F401

    shell = make_shell()
    for _ in range(WARM):
        shell.run_cell(SAMPLE, store_history=False)
        call = Call(([1.0], wire.Seed("Generator", 0)))
        wire.loads(encoded(called(shell.user_ns["sample"], call)))
    figure = plt.figure()  # the first figure loads fonts; let no worker pay for that
    figure.add_subplot().set_xlabel("x")
    figure.canvas.draw()
    plt.close("all")
    gc.freeze()  # IPython collects garbage here, and would look at all that was imported
    shell.reset(new_session=True)
    return shell
