"""The zones' shapes: those the project ships, and those the customer hands in."""
