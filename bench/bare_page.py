"""The least that Django can be: one page, no database, no middleware. What a page of the house is a multiple of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

if TYPE_CHECKING:
    from django.http import HttpRequest

settings.configure(ROOT_URLCONF="bare_page", ALLOWED_HOSTS=["*"], SECRET_KEY="bench", USE_TZ=True)  # noqa: S106 signs nothing
django.setup()


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>bare</title><p>bare")


urlpatterns = [path("", page), path("health/live", page)]
application = get_wsgi_application()
