"""The check of a whole case file (案卷自检): the rules of `reference/file_rules.csv` over a plain file. Pure.

fields      the fields of the file, as rules, doors and the JSON schema name them
notation    an expression, held to a white list and written anew; `parsing` and `compiling` make one function of all
days, values, tiers, reading   the functions of the notation; `law` puts them over one state of the law
snapshot    a file that comes in as data, and what is wrong with its form; `mapping` a file of this bureau
checking    `Checker(rules, law).check(file)` → `findings`
seeded      files whose defects are known, on which the check is measured
"""
