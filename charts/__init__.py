"""A frame in, a figure out: knows neither where the numbers come from nor where the figure goes."""
