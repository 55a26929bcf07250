from argparse import ArgumentParser
from typing import Any

from babel.messages.mofile import write_mo
from django.conf import settings
from django.core.management.base import BaseCommand

from cms.accounts.words import catalogue, collected, keep, kept


class Command(BaseCommand):
    help = "Brings the catalogues of the screens' words up to date with the code, and compiles them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--compile", action="store_true", help="compile only, as an installation does")

    def handle(self, *, compile: bool, **options: Any) -> None:  # noqa: A002 - the option's name
        for language, _name in settings.INTERFACE_LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            catalog = kept(language)
            if not compile:
                catalog.update(collected(), no_fuzzy_matching=True)
                keep(language, catalog)
            with catalogue(language).with_suffix(".mo").open("wb") as target:
                write_mo(target, catalog)
            missing = sum(not message.string or not any(message.string) for message in catalog if message.id)
            self.stdout.write(f"{language}: {len(catalog)} sentences, {missing} without a translation")
