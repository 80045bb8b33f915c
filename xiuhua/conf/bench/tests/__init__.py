"""Tests of what the benches measure against."""
