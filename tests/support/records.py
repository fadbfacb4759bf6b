"""Whether what the browser is sent is exactly what a TypedDict says."""

from typing import Any

from typeguard import CollectionCheckStrategy, check_type


def expect_exact(value: Any, record: type) -> None:
    """Every key is there, none besides, and each value is of its type, in lists of any length."""
    check_type(value, record, collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS)
