"""The character's own public page, served by Greenroom itself: publishing is a row in our own database."""
