"""Fills a real workshop with a clip that takes long and waits for the worker: `manage.py shell < stock_clip.py`.

Writes where its files are listed, and the session of an editor who may stop the work.
"""

import json
import tempfile
from pathlib import Path

from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.demo import load
from tests.cms.clips.conftest import draft, shoot, upload

load.people(dict.fromkeys(load.names_of_people(), "a password for tests"))
load.surroundings()
with tempfile.TemporaryDirectory() as folder:
    footage = upload(shoot(Path(folder) / "speech.mp4", seconds=60))
tall = ["facebook.reel", "instagram.reel", "tiktok.video", "youtube.short"]
clip = draft(footage, placements=tall, card_verb="", card_link=None)
editor = User.objects.get(username="editor")
clip.get_workflow().start(clip, editor)
client = Client()
client.force_login(editor)
told = {"files": reverse("files", args=[clip.translation_key]), "session": client.cookies["sessionid"].value}
print(json.dumps(told))  # noqa: T201 - the test reads it
