"""Facts to graph to answers: ledger, identity, projection, store, queries, endpoint, explorer and command line."""
