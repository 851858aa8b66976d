"""Auto-graded exercises on how a neural network starts, and how you know that it starts right."""
