"""`python3 -m communitycalls.bootstrap`, for .ci/run: sets up as for the tests and prints the Python to use."""

import sys

from communitycalls.bootstrap import arguments, set_up_tests
from communitycalls.bootstrap.progress import SetUpError, say

try:
    set_up_tests(arguments.read_tests([]), ["-m", "communitycalls.bootstrap"])
except SetUpError as error:
    say(str(error))
    sys.exit(1)
sys.stdout.write(f"{sys.executable}\n")
