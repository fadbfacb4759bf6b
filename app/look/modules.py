"""`look(module, x)`: the page of a model that a program holds."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from app.look.server import Server, served


def look(module: Any, x: Any = None, *, browser: bool = True) -> Server:
    """Open the page of a module of PyTorch or of a model or layer of Keras, on this machine alone.

    Parameters
    ----------
    module : torch.nn.Module, keras.Model or keras.Layer
        Its numbers are saved into a folder that goes with the server.
    x : array, optional
        What it reads: steps × inputs, or a batch of such.
    browser : bool
        Whether a browser opens it.

    Returns
    -------
    Server
        With its ``address``; ``wait()`` returns at Ctrl-C, ``close()`` ends it, and so does the end of the program.

    Raises
    ------
    TypeError
        If the module is of neither.
    RuntimeError
        If the server does not begin.
    """
    folder = TemporaryDirectory(prefix="gatewalk-look-")
    model = saved(module, Path(folder.name))
    array = None
    if x is not None:
        array = Path(folder.name, "x.npy")
        np.save(array, np.asarray(x.detach().cpu() if hasattr(x, "detach") else x), allow_pickle=False)
    server = served(model, f"{type(module).__name__}{model.suffix}", array, folder)
    if browser:
        webbrowser.open(server.address)
    return server


def saved(module: Any, folder: Path) -> Path:
    """Save a module; PyTorch's as a whole, as its attributes tell more than its weights, if it can be pickled."""
    torch, keras = (sys.modules.get(name) for name in ("torch", "keras"))
    if keras and isinstance(module, keras.layers.Layer):  # of Keras on PyTorch these are modules of both
        path = folder / "model.keras"
        (module if isinstance(module, keras.Model) else keras.Sequential([module])).save(path)
        return path
    if torch and isinstance(module, torch.nn.Module):
        path = folder / "model.pt"
        try:
            torch.save(module, path)
        except Exception:  # whatever a class of one's own makes of it
            torch.save(module.state_dict(), path)
        return path
    raise TypeError(f"module: expected a torch.nn.Module, or a model or layer of Keras, got {type(module).__name__}")
