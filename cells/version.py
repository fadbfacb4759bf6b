"""Which version this is: of the app, of the package, and of the files that either writes."""

__version__ = "0.2.0"
