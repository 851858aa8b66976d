"""A course of somebody else's, with tests of its own, graded by the engine alone."""
