"""``python -m qiantang.cli``."""

import sys

from qiantang.cli.main import main

sys.exit(main())
