"""The checks of `greenroom doctor`: each looks at one thing and says how to mend it."""
