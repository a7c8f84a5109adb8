"""Figures for paper: a frame in, a Vega-Lite drawing of fixed size out, to be told apart without colour."""
