"""Logs as lines of JSON, for programs to read: ``GATEWALK_LOGS=json``. No reader's words are in them."""

from __future__ import annotations

import json
import logging
import os
import traceback
from datetime import UTC, datetime

import streamlit.logger

AS_JSON = os.environ.get("GATEWALK_LOGS", "") == "json"


class JsonFormatter(logging.Formatter):
    """A record as one line: when, how grave, from where, what; of an exception its type and place.

    Not its message: that may quote what a reader typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["at"] = [f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(line, ensure_ascii=False)


def log_as_json() -> None:
    """Have everything that logs write such lines: Streamlit's loggers have handlers of their own."""

    def give_handler(logger: logging.Logger) -> None:
        logger.handlers = [handler]

    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    streamlit.logger.setup_formatter = give_handler
    streamlit.logger.update_formatter()
    logging.basicConfig(handlers=[handler], force=True)
    logging.getLogger("uvicorn.access").addFilter(lambda record: False)  # addresses have readers' words in them
    logging.captureWarnings(True)
