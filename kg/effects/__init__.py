"""Statements of effects as figures of the notice's indicators: effect, figure, reading."""
