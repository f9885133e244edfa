"""What the tests of faults share: an office's files, a process that kills itself where it is told, and what it left."""
