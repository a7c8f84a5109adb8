"""What must hold across the tables of a snapshot; the only room that imports Great Expectations."""
