"""Greenroom: a self-hosted studio, publishing desk and phone lab."""

__version__ = "0.1.0"
