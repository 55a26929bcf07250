"""Fills a real workshop with designs that wait for the worker: `manage.py shell < stock.py`."""

import tempfile
from pathlib import Path

from cms.accounts.models import User
from cms.campaigns.models import Campaign
from cms.demo import load

load.people(dict.fromkeys(load.names_of_people(), "a password for tests"))
load.surroundings()
with tempfile.TemporaryDirectory() as folder:
    load.images(Path(folder), 1600)
for name, slug in (("expo", "expo-2025"), ("missions", "digital-diplomacy"), ("newsrooms", "digital-diplomacy")):
    design = load.design(name, "en", Campaign.objects.get(slug=slug))
    design.get_workflow().start(design, User.objects.get(username="editor"))
