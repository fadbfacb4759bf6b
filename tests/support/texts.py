"""Every text of a language, with the file and the section or label it is in."""

from app.i18n import CONTENT, labels, sections

TOML = sorted(file.stem for file in (CONTENT / "en").glob("*.toml"))
MARKDOWN = sorted(file.stem for file in (CONTENT / "en").glob("*.md"))


def all_texts(language: str) -> list[tuple[str, str]]:
    texts = [(f"{page}.md/{name}", text) for page in MARKDOWN for name, text in sections(language, page).items()]
    return texts + [(f"{file}.toml/{key}", text) for file in TOML for key, text in labels(language, file).items()]
