# SPDX-License-Identifier: Apache-2.0
"""Where the time of a cold start of our function goes, by probes of the kernel at its functions.

The program is the one that is shipped, without a change; its symbols are read from the file that was
linked before they were stripped from it.
"""

import re
import statistics
import subprocess

from functions import read_event

RUNS = 21

# In the order in which a start comes by: a function's name, and what has been done by then. Those
# that a start does not come by are passed over.
STAGES = []


def tell(bench, plain, tls):
    return
