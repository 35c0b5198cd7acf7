"""The main job once, from a topic to a counted view, through the same API that people use."""
