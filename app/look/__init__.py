"""A model's page for one file or one module, on this machine alone: `python -m app.look model.pt --input x.npy`."""

from app.look.modules import look

__all__ = ["look"]
