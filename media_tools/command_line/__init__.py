"""The library for people at a terminal: one command a run."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper

from media_tools.command_line.arguments import parser
from media_tools.command_line.commands import BAD_INPUT, DONE, REFUSED
from media_tools.command_line.telling import say
from media_tools.errors import MediaToolsError

__all__ = ["BAD_INPUT", "DONE", "REFUSED", "run"]


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; the result is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except MediaToolsError as error:
        say(str(error))
        return BAD_INPUT
    except BrokenPipeError:  # whoever reads us has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
