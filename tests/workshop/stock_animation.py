"""Fills a real workshop with an infographic that moves in many placements: `manage.py shell < stock_animation.py`."""

import tempfile
from pathlib import Path

from cms.accounts.models import User
from cms.campaigns.models import Campaign
from cms.demo import load

load.people(dict.fromkeys(load.names_of_people(), "a password for tests"))
load.surroundings()
with tempfile.TemporaryDirectory() as folder:
    load.images(Path(folder), 600)
design = load.design("expo", "en", Campaign.objects.get(slug="expo-2025"))
design.placements = ["instagram.feed_square"]
design.animated = ["facebook.reel", "instagram.reel", "tiktok.video", "youtube.short", "whatsapp.status"]
design.carousel = False
design.save()
editor = User.objects.get(username="editor")
design.save_revision(user=editor)
design.get_workflow().start(design, editor)
