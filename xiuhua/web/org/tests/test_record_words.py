"""The record is read in words: every move of every procedure has them."""

from __future__ import annotations

from xiuhua.cases.procedure.tables import TABLES
from xiuhua.web.cases.words import move_labels, side_move_labels
from xiuhua.web.frame.verbs import label
from xiuhua.web.org.record import MOVES


def test_every_move_of_every_procedure_has_words_on_the_record() -> None:
    moves = [f"cases.{move}" for procedure in TABLES for move in move_labels(procedure)]
    moves += [f"cases.{move}" for move in side_move_labels()]
    assert len(moves) > 200
    assert not [verb for verb in moves if "." in label(verb, MOVES)]
