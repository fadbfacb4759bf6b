"""Training with torch, in processes of its own, and what comes out of it.

Only `network`, `fit` and the tasks (`series`, `text`, `recall`) import torch, and only worker processes import them;
pages read what was trained through `saved`, which needs NumPy alone.
"""
