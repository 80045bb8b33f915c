"""Pages of the law as data: the catalogue of causes, parameters, fines side by side, changes and whom they touch."""
