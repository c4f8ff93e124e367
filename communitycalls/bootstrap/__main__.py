"""`python3 -m communitycalls.bootstrap`, for .ci/run: sets up as for the tests and prints the Python to use."""

import sys

from communitycalls.bootstrap import arguments
from communitycalls.bootstrap.progress import SetUpError, say
from communitycalls.bootstrap.starting import set_up_tests

try:
    set_up_tests(arguments.read_tests([]), ["-m", "communitycalls.bootstrap"])
except SetUpError as error:
    say(str(error))
    sys.exit(1)
sys.stdout.write(f"{sys.executable}\n")
