"""Finds the next point of a search. Stateless: all that was tried comes with each question."""
