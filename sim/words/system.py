"""Why the operating system refuses something: as it says itself in English, and in words of ours in Chinese."""

import errno

from sim.words import Text, words

texts = words("system")


def why_not(error: OSError) -> Text:
    """Return why a file cannot be read or written."""
    if not error.errno:
        return Text(str(error), str(error))
    name = errno.errorcode.get(error.errno, "")
    known = texts.REASONS.get(name) or texts.OTHER.format(number=error.errno)
    return Text(error.strerror or known.en, known.zh)
