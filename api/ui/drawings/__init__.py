"""Drawings of the pages: pure functions from data to SVG, drawn here and without any script.

Whoever calls gives the words in the reader's language; colours are classes of the style sheet.
"""
