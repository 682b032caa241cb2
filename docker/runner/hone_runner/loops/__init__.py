"""Epoch loops that a script writes out itself: found by reading, saved between two passes, gone on with in another process."""
