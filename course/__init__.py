"""What is taught and asked: lessons, assignments, and the experiments behind them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]  # of the repository, which is the course directory
