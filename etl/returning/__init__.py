"""What goes back to the departments: their own file with what is wrong marked in it, and an empty form to fill in."""
