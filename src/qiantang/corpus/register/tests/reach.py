"""What tests of the apps above need of the register's inside: the digest of all it says, and the lock of a load."""

from qiantang.corpus.register.selectors.digest import digest
from qiantang.corpus.register.services.load import load_lock

__all__ = ["digest", "load_lock"]
