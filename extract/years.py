"""How years are written beside figures."""

from __future__ import annotations

import re

#: A year that stands alone: neither the end of a period nor part of a longer number.
ALONE = re.compile(r"(?<![\d–-])(?P<year>(?:19|20)\d\d)(?![\d%])(?!\s*[–-]\s*(?:19|20)?\d\d)")
#: A calendar or fiscal year, to stand in a longer pattern.
WRITTEN = r"(?:FY\s?|fiscal (?:year )?|financial year )?(?P<year>(?:19|20)\d\d)(?:[-/–]\d\d(?!\d))?"
