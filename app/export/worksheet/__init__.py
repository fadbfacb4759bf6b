"""Worksheets: a cell of one unit, to be worked by hand, as a document that prints."""
