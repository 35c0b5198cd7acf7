"""The characters' public pages: server-rendered, no sign-in, no script, counted as `insights.visit` says."""
