"""Adam (Kingma and Ba 2014, arXiv 1412.6980, algorithm 1), with a rate for each array."""

import numpy as np

DECAYS = (0.9, 0.999)
SMALL = 1e-8


class Adam:
    """Changes arrays in place.

    Parameters
    ----------
    net : dict of ndarray
    """

    def __init__(self, net):
        self.net, self.n_steps = net, 0
        self.first = {name: np.zeros_like(array) for name, array in net.items()}
        self.second = {name: np.zeros_like(array) for name, array in net.items()}

    def step(self, d, rates):
        """Take a step against the derivatives `d`, each array at its own rate."""
        self.n_steps += 1
        fast, slow = (1 - decay**self.n_steps for decay in DECAYS)
        for name, array in self.net.items():
            for average, power, decay in ((self.first, 1, 0.9), (self.second, 2, 0.999)):
                average[name] += (1 - decay) * (d[name] ** power - average[name])
            root = np.sqrt(self.second[name] / slow) + SMALL
            array -= rates[name] * (self.first[name] / fast) / root
