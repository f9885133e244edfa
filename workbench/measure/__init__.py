"""Measuring: questions in and out, how answers are scored, what the figures are worth."""
