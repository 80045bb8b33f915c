"""Signatures and seals of the demo: drawn, and marked 示例 so that nobody takes them for real ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

_SIGNATURE = """
#set page(width: 36mm, height: 14mm, margin: 1mm, fill: none)
#set text(font: "Noto Serif SC", fill: rgb("#1a2a6c"))
#align(center + horizon, rotate(-6deg, text(size: 20pt, sys.inputs.name)))
#place(bottom + right, text(size: 6pt)[示例])
"""
_SEAL = """
#set page(width: 42mm, height: 42mm, margin: 1mm, fill: none)
#let red = rgb("#d02020a0")
#set text(font: "Noto Sans SC", fill: red)
#let name = sys.inputs.name.clusters()
#let turn = calc.min(22deg, 250deg / name.len())
#let size = calc.min(13pt, 165pt / name.len())
#place(center + horizon, circle(radius: 19.5mm, stroke: 1.2mm + red))
#for (i, one) in name.enumerate() {
  let at = (i - (name.len() - 1) / 2) * turn
  place(center + horizon, dx: 15.4mm * calc.sin(at), dy: -15.4mm * calc.cos(at), rotate(at, text(size: size, one)))
}
#place(center + horizon, text(size: 26pt)[★])
#place(center + horizon, dy: 11mm, text(size: 10pt)[示例印章])
"""


def signature(name: str) -> bytes:
    """A PNG of the name, slanted, with 示例 beside it."""
    return _drawn(_SIGNATURE, name)


def seal(name: str) -> bytes:
    """A PNG of a round seal with the name around the star and 示例印章 under it."""
    return _drawn(_SEAL, name)


@cache
def _drawn(source: str, name: str) -> bytes:
    compiler = typst.Compiler(input=source.encode(), font_paths=_fonts(), sys_inputs={"name": name})
    drawn = compiler.compile(format="png", ppi=200)
    assert isinstance(drawn, bytes)
    return drawn


@cache
def _fonts() -> typst.Fonts:
    folder = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
