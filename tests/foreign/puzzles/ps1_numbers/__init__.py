"""Assignment 1: whole numbers."""

NOTEBOOK = "numbers"
RULES = ("any_order",)
