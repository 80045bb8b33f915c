"""The procedure: the law's moves as tables, asked by actions, pages and imports alike. Pure: no database, no clock.

moves, states, tables   what may follow what, by whom, with which paper, under which article
guards                  every condition of a move, one small function each, in one table
file, setting           what a guard may look at: the folded file; the day, the calendar, the parameters, who acts
walk                    why a move is refused, what can be done now, the replay of a whole history
facts                   the form of every move as data, and how typed values become facts
clocks                  which deadlines run, until when, under which article
draw                    the diagram of a table
"""
