"""Addresses of the cockpit."""

from __future__ import annotations

from django.urls import path

from qiantang.portal.cockpit.views import feed, public

app_name = "cockpit"
urlpatterns = [
    path("cockpit", public.screen_page, name="screen"),
    path("cockpit/feed", feed.feed_document, name="feed"),
    path("cockpit/feed/keys", feed.feed_key, name="feed-key"),
]
