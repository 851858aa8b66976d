"""Isolation, seen from outside: which one, how a worker is started, spoken to and ended."""
