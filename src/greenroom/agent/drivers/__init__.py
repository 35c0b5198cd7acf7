"""Drivers: a phone's own protocol behind the interface of agent/phone.py."""
