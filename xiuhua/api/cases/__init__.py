"""The bench for machines: cases, their files, the moves that are open, and making one."""
