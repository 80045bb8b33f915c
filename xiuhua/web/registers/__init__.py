"""Pages of parties, premises and vehicles."""
