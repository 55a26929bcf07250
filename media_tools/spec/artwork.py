"""A drawing that a story shows, map or logo: outlines from a file, in colours of our own."""

from pydantic import Field

from media_tools.spec import Beside, Words


class Artwork(Beside):
    """An SVG or GeoJSON file beside the story; checks ask for the credit and licence that are left empty here."""

    path: str = Field(min_length=1, description="Name of an SVG or GeoJSON file, inside the story's own folder.")
    credit: Words = Field(default="", max_length=120, description="Who drew it, as it must be named: Map: A. Name.")
    licence: Words = Field(default="", max_length=120, description="Under which terms it may be published.")
    approved_by: Words = Field(default="", max_length=120, description="Who approved it to be published.")
    as_of: Words = Field(default="", max_length=40, description="The day or period that it shows the state of.")
