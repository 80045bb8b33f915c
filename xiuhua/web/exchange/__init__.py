"""Pages of sharing with other agencies: subscriptions, what each was sent, and the acts on them."""
