"""Addresses of rules."""

from __future__ import annotations

from django.urls import path

from qiantang.commons.rulebook.views import cards, public

app_name = "rulebook"
urlpatterns = [
    path("models", cards.card_list, name="card-list"),
    path("models/<str:key>", cards.card_show, name="card-show"),
    path("rules", public.rule_sets, name="rules-list"),
    path("rules/<str:key>", public.rules_show, name="rules-show"),
    path("rules/<str:key>/values", public.value_set, name="value-set"),
]
