"""What is taught and asked: lessons, assignments, and the experiments behind them."""
