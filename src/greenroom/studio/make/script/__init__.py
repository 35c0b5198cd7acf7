"""The embedded writer: a brief and a character in, a script with its sources out. No model, no network."""
