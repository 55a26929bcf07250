"""What findings about clips are called. They are stored: for ever."""

from enum import StrEnum


class Code(StrEnum):
    CREDIT_MISSING = "credit-missing"
    LICENCE_MISSING = "licence-missing"
    ALT_MISSING = "alt-missing"
    TOO_LONG = "too-long"
    TOO_SHORT = "too-short"
    FILE_TOO_LARGE = "file-too-large"
    CODED_SMALLER = "coded-smaller"
    LEFT_OUT = "left-out"
    SILENT = "silent"
    LOUDNESS_MISSED = "loudness-missed"
    PEAK_MISSED = "peak-missed"
    CAPTIONS_MISSING = "captions-missing"
    CAPTION_OUTSIDE = "caption-outside"
    CAPTION_REVERSED = "caption-reversed"
    CAPTION_OVERLAPS = "caption-overlaps"
    GLYPH_MISSING = "glyph-missing"
    CAPTION_LONG = "caption-long"
    CAPTION_FAST = "caption-fast"
    CAPTION_TIME = "caption-time"
    CAPTION_GAP = "caption-gap"
    LOWER_THIRD_OUTSIDE = "lower-third-outside"
    LOWER_THIRD_SHORT = "lower-third-short"
    READ_TOO_FAST = "read-too-fast"
