"""Forms: fields that know their kind, errors beside the field, drafts that save themselves; nothing typed is lost."""
