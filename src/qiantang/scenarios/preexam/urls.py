"""Addresses of pre-examination."""

from django.urls import path

from qiantang.scenarios.preexam.views import checking, public

app_name = "preexam"
urlpatterns = [
    path("preexam", public.first_page, name="first-page"),
    path("preexam/check", checking.check_draft, name="check"),
    path("preexam/rules", public.rules_in_force, name="rules"),
    path("preexam/classes", public.approved_classes, name="classes"),
]
