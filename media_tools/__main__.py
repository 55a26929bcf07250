"""The command line: python -m media_tools COMMAND. JSON on standard output, words on standard error.

Exit 0: done. 2: something in the input must be put right, and nothing was made. 3: a blocking finding refused a file.
"""

import logging
import sys

from media_tools import native

logging.getLogger("pypdf").setLevel(logging.ERROR)  # of the pages that Skia writes it warns that they have few objects
native.check()  # before Skia is imported: its own error names a library, not what to install

from media_tools.command_line import run  # noqa: E402

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
