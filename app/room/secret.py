"""Codes that are told in class, keys and tokens that are not, and what is stored of those."""

import hashlib
import hmac
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without those that are read as another
LENGTH = 6


def new_code() -> str:
    """A room's code, as it stands on the wall."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def new_secret() -> str:
    """128 bits that nobody guesses."""
    return secrets.token_hex(16)


def hashed(code: str, secret: str) -> str:
    """What is stored in a secret's place: 96 bits by which it is known again in this room, and in no other."""
    return hashlib.blake2b(f"{code}:{secret}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def same(code: str, secret: str, stored: str) -> bool:
    """Whether a secret is the one that was stored; how long this takes does not say how much of it is."""
    return hmac.compare_digest(hashed(code, secret), stored)
