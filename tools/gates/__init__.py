"""Gates: small programs that fail when a rule of the house is broken. `make check` runs them all."""
