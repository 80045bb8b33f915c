"""Pages for people: Chinese first, English one click away, on a desk and on a phone.

frame                     what all pages share: lists, forms, clocks, words, the English catalogue
today, search             what waits for me; everything by one text
leads, cases, registers   the pages of a room, its templates in `templates/web/<room>/`
reports, org              figures that open their rows; people, units, sign-in, the record

A view parses, asks a query or does an action, and shows. How pages are made: README.md in this folder.
"""
