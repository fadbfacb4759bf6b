"""The settings of a task small enough for tests, and where it is trained."""

SETTINGS = {"seed": 0, "units": 4, "steps": 8, "epochs": 12}
TASKS = {"tiny": "tests.support.small_task.task"}
