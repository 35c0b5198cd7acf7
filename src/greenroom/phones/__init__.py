"""Phones: the inventory, who holds which, and the agents beside them."""
