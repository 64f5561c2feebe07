"""``python -m tests.faults.unlucky NAME``: a normal jobs process on that machine."""

import sys

from jobs.__main__ import main
from tests.faults.unlucky.machine import be_unlucky

be_unlucky(sys.argv[1])
main()
