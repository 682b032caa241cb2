"""Runs trials of unmodified training scripts and reports what they measured. Standard library only."""

__version__ = "0.1.0"
