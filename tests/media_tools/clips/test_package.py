"""A folder of clips as one ZIP."""

import json
from zipfile import ZipFile

from media_tools.package import package_folder
from tests.media_tools.clips.conftest import CUES


def test_clips_are_packaged_with_posters_captions_and_transcript_and_nobodys_notes(footage, films, tmp_path):
    (film,) = films(footage, "x.post", captions=CUES)
    (tmp_path / "notes.txt").write_text("Call the embassy.", encoding="utf-8")

    package_folder(tmp_path, tmp_path / "all.zip")

    archive = ZipFile(tmp_path / "all.zip")
    entries = {entry["name"]: entry for entry in json.loads(archive.read("manifest.json"))["files"]}
    assert sorted(entries) == [
        "clip.en_US.srt", "clip.en_US.txt", "clip.en_US.vtt", "clip_en_x.post.mp4", "clip_en_x.post.poster.jpg",
    ]  # fmt: skip
    assert entries["clip_en_x.post.mp4"]["sha256"] == film.sha256
    assert entries["clip_en_x.post.mp4"]["seconds"] == film.seconds == 3
