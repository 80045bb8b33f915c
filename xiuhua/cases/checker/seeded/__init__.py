"""Files whose defects are known, on which the check is measured: lawful ones, and for every rule one with its defect.

F1 to F3 and `blocks.txt` are lawful; `defects.csv` says what to break for each rule and what else must then fire.
All names, numbers and identity data are invented.
"""
