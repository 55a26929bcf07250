"""What the library raises when a person, not a programmer, must act."""


class MediaToolsError(Exception):
    """Something in a story, a brand or a file that an editor can put right.

    Its words are one or two plain sentences: what is wrong, and what to do. Its arguments are kept whole, so that it
    can travel from one process to another.
    """


class CannotOpen(MediaToolsError):
    """A file that is missing, broken, too large or of a kind we do not read."""

    def __init__(self, name: str, why: str, remedy: str) -> None:
        self.name, self.why, self.remedy = name, why, remedy
        super().__init__(name, why, remedy)

    def __str__(self) -> str:
        return f"{self.name}: {self.why} {self.remedy}"


class InvalidInput(MediaToolsError):
    """A field that does not hold what it must; `field` is its path, such as blocks[1].figures[0].value."""

    def __init__(self, field: str, why: str, remedy: str) -> None:
        self.field, self.why, self.remedy = field, why, remedy
        super().__init__(field, why, remedy)

    def __str__(self) -> str:
        return f"{self.field}: {self.why} {self.remedy}"


class DoesNotFit(MediaToolsError):
    """Content that needs more room than its region has, even at the smallest legible size.

    `needed` and `available` are px; `needed` is None where many arrangements were tried and none has one need.
    """

    def __init__(self, what: str, needed: float | None, available: float) -> None:
        self.what, self.needed, self.available = what, needed, available
        super().__init__(what, needed, available)

    @property
    def why(self) -> str:
        if self.needed is None:
            return f"{self.what} has no room in {self.available:.0f} px."
        return f"{self.what} needs {self.needed:.0f} px and has {self.available:.0f} px."

    @property
    def share(self) -> float:
        """About how much of the words would have room."""
        return max(0.3, min(0.9, self.available / self.needed)) if self.needed else 0.7

    def __str__(self) -> str:
        return f"{self.why} Shorten the text or leave out a block."


class CannotWrite(MediaToolsError):
    """A place that takes no file: no room, no permission, or something else in the way."""

    def __init__(self, name: str, why: str, remedy: str) -> None:
        self.name, self.why, self.remedy = name, why, remedy
        super().__init__(name, why, remedy)

    def __str__(self) -> str:
        return f"{self.name}: {self.why} {self.remedy}"
