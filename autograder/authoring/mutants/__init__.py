"""Mutation test of the checks: small changes to right answers, which the cases must notice."""
