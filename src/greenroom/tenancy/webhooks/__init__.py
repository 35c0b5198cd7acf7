"""Outgoing webhooks: endpoints that are told what happened, signed as Standard Webhooks says, until they answer."""
