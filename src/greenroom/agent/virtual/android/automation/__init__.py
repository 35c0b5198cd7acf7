"""The server of uiautomator2 as it runs on a phone: JSON-RPC over HTTP."""
