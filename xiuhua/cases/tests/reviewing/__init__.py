"""Tests of the review centre."""
