"""Reading what was handed in, repairing it, and putting the answers into the master notebook."""
