"""What a check says."""

from enum import StrEnum

from media_tools.spec import Spec


class Level(StrEnum):
    BLOCKING = "blocking"
    ADVISORY = "advisory"


class Finding(Spec):
    """One thing noticed in a file: what is so, and what to do about it."""

    level: Level
    code: str
    message: str
    remedy: str
