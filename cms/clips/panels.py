from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from cms.clips.faces import looking
from cms.jobs.models import Job
from cms.missions.choices import film_aspects
from media_tools.platforms import placements


class CuesPanel(FieldPanel):
    """The captions' table, told whose language it is in and how long the footage lasts: by these it is looked over."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **keywords: Any) -> None:
            super().__init__(**keywords)
            if self.form is not None and self.field_name in self.form.fields:
                widget, footage = self.form.fields[self.field_name].widget, self.instance.footage
                widget.language = self.instance.language
                widget.length = round(1000 * footage.duration) if footage and footage.duration else None


class DeskPanel(MultiFieldPanel):
    """What is seen on one side and what is written on the other, where the window is wide enough for both."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "clips/desk.html"


class StagePanel(Panel):
    """The footage as it plays, with the frame of each placement over it; a script writes what is done here to the
    fields around it.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "clips/stage.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            footage = self.instance.footage
            stage = {
                "aspects": [aspect for aspect, _label in film_aspects()],
                "placements": {name: slot.film.size.aspect for name, slot in placements().items() if slot.moving},
                "outdated": self.instance.outdated if footage else [],
                "footage": reverse("clip_footage", args=[0]),
                "faces": reverse("find_faces"),
                "job": self._job(),
            }
            return {**context, "stage": stage, "address": footage.proxy_url if footage else "", "notes": self._notes()}

        def _job(self) -> str:
            job = looking(self.instance.searches)
            return reverse("finding_faces", args=[job.pk]) if job and job.state in Job.OPEN else ""

        def _notes(self) -> Iterator[str]:
            """What stands in the way of submitting it, for those who have no script."""
            clip = self.instance
            if clip.footage and clip.outdated:
                words = gettext(
                    "Footage, in or out changed after the key frames of %(aspects)s were made. Find faces again."
                )
                yield words % {"aspects": ", ".join(clip.outdated)}


class MusicPanel(Panel):
    """What was chosen as music, to listen to, with the terms on which the library has it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "clips/music_panel.html"

        class Media:
            js = ("clips/music.js",)
            css = {"all": ("clips/music.css",)}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "music": self.instance.music, "address": reverse("clip_music", args=[0])}
