"""One folder for each platform, and the registry that knows them."""
