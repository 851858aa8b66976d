"""What runs inside the sandbox. Nothing here knows an exercise, a test or a reference."""
