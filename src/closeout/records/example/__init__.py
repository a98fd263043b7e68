"""A fictional agency, written as a snapshot: the same for the same seed, with known defects planted."""

from closeout.records.example.size import SIZES
from closeout.records.example.write import AS_OF, ExampleError, Progress, write_example

__all__ = ["AS_OF", "SIZES", "ExampleError", "Progress", "write_example"]
