"""The check of a whole case file (案卷自检): the rules of `reference/file_rules.csv` over a plain snapshot. Pure.

fields     the fields of the file, as rules, doors and the JSON schema name them
notation   an expression, held to a white list and written anew; `compiling` makes one function of all rules
days, values, reading   the functions of the notation
snapshot   a file that comes in as data: what is wrong with its form, what is not known here
checking   `Checker(rules, law).check(file)` → findings
"""
