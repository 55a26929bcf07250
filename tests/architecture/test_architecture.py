"""Rules that no single test of behaviour would notice being broken."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from cms.infographics.findings import TYPED
from media_tools import native
from media_tools.clips.film import FORMAT as FILM
from media_tools.clips.preflight import Code
from media_tools.infographic import BLOCKS, THEMES
from media_tools.made import FORMATS
from media_tools.stills import CHECKS

ROOT = Path(__file__).parents[2]


def test_layers_are_kept():
    outcome = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("tool", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join)
def test_code_is_clean(tool):
    name, *arguments = tool

    outcome = subprocess.run(
        [Path(sys.executable).with_name(name), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert outcome.returncode == 0, outcome.stdout


def test_the_command_line_never_imports_the_cms():
    code = (
        "import sys; from media_tools.command_line import run; run(['schema', 'brand']); "
        "sys.exit(bool({'django', 'wagtail', 'cms', 'boto3'} & {name.partition('.')[0] for name in sys.modules}))"
    )

    outcome = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert outcome.returncode == 0, outcome.stderr


def test_stored_names_are_for_ever():
    lines = (ROOT / "tests/architecture/stored_names.txt").read_text(encoding="utf-8").splitlines()
    stored = {line for line in lines if not line.startswith("#")}

    names = {f"block {name}" for name in BLOCKS} | {f"theme {name}" for name in THEMES}
    names |= {f"finding {check.code}" for check in CHECKS.values()} | {f"format {name}" for name in FORMATS}
    names |= {f"finding {code}" for code in (*Code, TYPED)} | {f"format {FILM}"}

    assert names == stored


def test_each_block_is_stored_under_its_modules_name():
    assert {name: block.model_fields["block"].default for name, block in BLOCKS.items()} == {
        name: name for name in BLOCKS
    }


def test_missing_system_libraries_are_named_as_debian_packages(monkeypatch):
    monkeypatch.setattr(native, "_PACKAGES", {"libNothingOfTheKind.so.1": "libegl1"})

    with pytest.raises(SystemExit, match="sudo apt-get install libegl1"):
        native.check()


def test_no_registry_host_or_machine_path_is_committed():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    hosts = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"]

    named = [
        (name, host)
        for name in files
        if (ROOT / name).is_file()
        for host in hosts
        if host.encode() in (ROOT / name).read_bytes()
    ]

    assert named == []


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
