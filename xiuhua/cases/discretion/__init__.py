"""Discretion (裁量): which tier circumstances lead to, which text of the law applies, whose fine lies apart. Pure."""
