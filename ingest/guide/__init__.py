"""Texts of guides that somebody has: the official one of an edition, and those of industries."""
