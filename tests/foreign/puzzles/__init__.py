"""A course of another kind: one assignment, with a rule of its own."""
