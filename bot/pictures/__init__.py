"""Draws: plain figures with their words in, PNG out; knows neither Discord nor the store."""
