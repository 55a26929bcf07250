"""What is to be shown: frozen values that cross every border as JSON."""

from pydantic import BaseModel, ConfigDict


class Spec(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
