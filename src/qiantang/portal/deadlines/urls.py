"""Addresses of deadlines."""

from __future__ import annotations

from django.urls import path

from qiantang.portal.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("my-deadlines", views.deadline_list, name="deadline-list"),
    path("my-deadlines/calendar", views.feed_make, name="feed-make"),
    path("my-deadlines/notices", views.notice_note, name="notice-note"),
    path("calendars/patents/<str:secret>.ics", views.feed_show, name="feed-show"),
]
