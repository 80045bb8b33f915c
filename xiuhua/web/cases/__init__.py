"""Pages of the bench: list, case, step forms, on-the-spot penalty, documents."""
