"""Sentences of rooms in the language of the page: refusals and faults, with the numbers and names they hold."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from xiuhua.kernel.authz import Refusal, Said
from xiuhua.web.frame.http import in_english


def told(text: str) -> str:
    """The text as the page says it. Of a sentence with parameters the sentence and its words are translated apart."""
    if not isinstance(text, Said):
        return gettext(text) if text else ""
    if not in_english():
        return str(text)
    return text.told(_pattern(text), lambda word: gettext(word) if word else "", ", ")


def _pattern(text: Said) -> str:
    """The English sentence for so many, where the catalogue tells one from several."""
    number = text.params.get("n")
    found = ngettext(text.msgid, text.msgid, number) if isinstance(number, int) else text.msgid
    return found if found != text.msgid else gettext(text.msgid)


def sentence(refusal: Refusal) -> str:
    """The sentence of a refusal in the language of the page: with its parameters, else what it means."""
    if isinstance(refusal.sentence, Said) or not (in_english() and refusal.meaning):
        return told(refusal.sentence)
    return refusal.meaning
