"""The door for the web server: ``granian --interface wsgi qiantang.config.wsgi:application``."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from qiantang.config.env import choose_settings
from qiantang.config.memory import settle

choose_settings()
application = get_wsgi_application()
settle()
