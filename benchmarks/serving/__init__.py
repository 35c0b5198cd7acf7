"""What the benchmark `api` needs: a filled database, the bare peer, a load from outside."""
