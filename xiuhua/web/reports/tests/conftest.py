"""The bench of the cases, for figures that count its rows."""

from __future__ import annotations

from xiuhua.web.cases.tests.conftest import bench, whole_bench

__all__ = ["bench", "whole_bench"]
