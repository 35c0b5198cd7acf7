"""A virtual iPhone as real clients see it: WebDriverAgent over HTTP, and its MJPEG stream."""
