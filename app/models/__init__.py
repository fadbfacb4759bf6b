"""Models of other people, read from their files: nothing that a file holds is ever executed.

`opened` reads a file of any known format, by its content; everything else of this room serves it.
"""

from app.models.opening import opened
from app.models.records import Answers, Around, Found, ModelFile, Question, Starts, Tensor

__all__ = ["Answers", "Around", "Found", "ModelFile", "Question", "Starts", "Tensor", "opened"]
