"""Why a pack could not be written, in a sentence."""


class NotWritten(Exception):
    """The message, in the language spoken, says what to do; nothing was left half written."""
