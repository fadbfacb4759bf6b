"""The frame around the lessons: pages, controls, words, charts and the stage."""
