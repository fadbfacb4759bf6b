"""What is measured inside a page: each script here is one function of JavaScript."""

from pathlib import Path


def source(name: str) -> str:
    return (Path(__file__).parent / f"{name}.js").read_text(encoding="utf-8")
