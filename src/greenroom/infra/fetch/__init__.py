"""The one client for addresses that people give (`fetch.fetch`): resolve once, check every address, go just there."""
