"""What every route shares: problem documents, the context of a request, cookies, headers, paging."""
