"""Stories and brands from JSON files, with errors that name the field and say what to do."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from media_tools.errors import CannotOpen, InvalidInput

_MOST_BYTES = 2_000_000  # a story has some kilobytes


def read_document[Document: BaseModel](path: Path, model: type[Document]) -> Document:
    """Raises CannotOpen for a file that is not JSON, and InvalidInput for a field that does not hold what it must."""
    return parsed(_json_of(path), model)


def parsed[Document: BaseModel](raw: Any, model: type[Document]) -> Document:
    """What JSON says, as a value. Raises InvalidInput for a field that does not hold what it must."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise _explained(error) from error


def problems(error: ValidationError) -> tuple[InvalidInput, ...]:
    """Everything that is wrong, a sentence each, in the order of the fields."""
    return tuple(InvalidInput(_field(one), *_sentences(one)) for one in error.errors(include_url=False))


def _json_of(path: Path) -> Any:
    name = repr(path.name)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CannotOpen(name, "is over 2 MB, so it is no story or brand.", "Name the JSON file itself.")
        return json.loads(
            path.read_text(encoding="utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_once
        )
    except FileNotFoundError as error:
        raise CannotOpen(name, "is not there.", "Correct the path.") from error
    except UnicodeDecodeError as error:
        raise CannotOpen(name, "is not text in UTF-8.", "Save it as JSON in UTF-8.") from error
    except OSError as error:
        raise CannotOpen(name, "cannot be read.", f"Check the path and its permissions ({error.strerror}).") from error
    except json.JSONDecodeError as error:
        raise CannotOpen(name, f"is not JSON: {error.msg} in line {error.lineno}.", "Correct that line.") from error
    except (ValueError, RecursionError) as error:
        raise CannotOpen(name, f"is not a story we can read: {error}.", "Write it as `schema` describes.") from error


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} is not a number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"'{twice}' stands twice in one place")
    return dict(pairs)


def _explained(error: ValidationError) -> InvalidInput:
    first, *others = problems(error)
    more = f" (Fields that need attention after this one: {len(others)}.)" if others else ""
    return InvalidInput(first.field, first.why, first.remedy + more)


def _field(error: ErrorDetails) -> str:
    """The place in the file, as in blocks[1].figures[0].value; pydantic names the kind of a block as well."""
    path = ""
    steps = error["loc"]
    for index, step in enumerate(steps):
        if isinstance(step, int):
            path += f"[{step}]"
        elif not (index and isinstance(steps[index - 1], int) and steps[index - 2] == "blocks"):
            path += f".{step}" if path else step
    return path or "the file"


def _sentences(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to do, for a person who edits the file."""
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "is missing.", "Add it."
        case "extra_forbidden":
            return "is not a field we know.", "Correct its name or take it out; `schema` lists the fields."
        case "union_tag_invalid":
            return f"has the block {context['tag']!r}, which we do not know.", f"Use one of {context['expected_tags']}."
        case "union_tag_not_found":
            return "does not say which block it is.", 'Add "block" with its name, such as "headline".'
        case "string_too_long" | "too_long":
            length = len(error["input"])
            return (
                f"has {length}, and {context['max_length']} is the most.",
                f"Shorten it by {length - context['max_length']}.",
            )
        case "string_too_short" | "too_short":
            return "is empty or too short.", f"Give it at least {context['min_length']}."
        case "string_pattern_mismatch":
            return f"{error['input']!r} has not the right form.", "Write colours as #0F4C5C and marks as SVG path data."
        case "literal_error" | "enum":
            return f"is {error['input']!r}.", f"Use {context['expected']}."
        case "value_error":
            why, _, remedy = str(context["error"]).partition(". ")
            return why.removesuffix(".") + ".", remedy or "Correct it."
        case _:
            return f"{error['msg'][0].lower()}{error['msg'][1:]}.", "Correct it; `schema` says what it takes."
