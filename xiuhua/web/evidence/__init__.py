"""Pages of exhibits, recordings and collection stations."""
