"""What posts did: views and clicks of the public pages, their sums, and the pages themselves."""
