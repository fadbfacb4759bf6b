"""Traces and gradients → Plotly figures. Knows nothing of the page they are on."""
