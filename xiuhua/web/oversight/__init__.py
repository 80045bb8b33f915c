"""Pages of oversight (督察): recordings drawn at random, their sheets, replies and appeals, and units by month."""
