"""Characters: who they are, how they look and sound, and how they say that they are AI."""
