"""The type of the function with which a command prints."""

from __future__ import annotations

from collections.abc import Callable

Echo = Callable[[str], object]
"""Prints one line for the operator."""
