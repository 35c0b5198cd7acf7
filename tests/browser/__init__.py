"""Real Chromium against a real server. A package, so that a fixture can live as long as its tests."""
