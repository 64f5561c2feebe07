"""``python -m tests.faults.unlucky NAME``: a jobs process like any other, but for its machine."""

import sys

from jobs.__main__ import main

from .machine import be_unlucky

be_unlucky(sys.argv[1])
main()
