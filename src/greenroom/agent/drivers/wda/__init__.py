"""iPhones over the HTTP interface of mainline WebDriverAgent, without Appium in between."""
