"""Names and texts made short enough for one line, for screens and reports alike. Pure."""

from pathlib import PureWindowsPath

from workbench.models import addresses


def short(model: str) -> str:
    """A model's name: of a path its last part, for where a person keeps files is nobody else's business."""
    if addresses.remote(model):
        return addresses.told(model)
    return PureWindowsPath(model).name.removesuffix(".gguf")


def brief(text: str, most: int) -> str:
    """A text in one line of so many characters at most, and a sign where it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rstrip()} …"
