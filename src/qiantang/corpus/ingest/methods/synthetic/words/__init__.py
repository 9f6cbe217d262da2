"""The demo city's own words: branches of technology, names, places, sentences. No real firm, school or person is named."""

from __future__ import annotations

from qiantang.corpus.ingest.methods.synthetic.words.branches import Branch
from qiantang.corpus.ingest.methods.synthetic.words.control import CONTROL
from qiantang.corpus.ingest.methods.synthetic.words.digital import DIGITAL
from qiantang.corpus.ingest.methods.synthetic.words.life import LIFE
from qiantang.corpus.ingest.methods.synthetic.words.machines import MACHINES
from qiantang.corpus.ingest.methods.synthetic.words.materials import MATERIALS

BRANCHES: tuple[Branch, ...] = DIGITAL + LIFE + MATERIALS + MACHINES + CONTROL
