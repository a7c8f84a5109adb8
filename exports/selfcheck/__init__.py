"""自检: whether every way in which a number leaves says the same number."""
