"""Addresses of the desk of parties; the page of a party is the register's, which knows its patents."""

from django.urls import path

from qiantang.corpus.parties.views import staff

app_name = "parties"
urlpatterns = [
    path("parties/queue", staff.queue, name="queue"),
    path("parties/queue/<int:item>", staff.decide, name="decide"),
    path("parties/memberships/<int:membership>/undo", staff.undo, name="undo"),
    path("parties/links/<int:link>/undo", staff.unlink, name="unlink"),
]
