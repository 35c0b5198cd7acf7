"""A file that is not taken; the sentence is for the person who sent it."""


class Refused(Exception):
    """The file is well known not to be wanted; anything else that goes wrong ends the process."""
