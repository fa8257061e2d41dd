"""Encoders: what turns texts into unit vectors, other than the built-in one."""
