"""Patent pre-examination."""

from django.apps import AppConfig


class PreexamConfig(AppConfig):
    name = "qiantang.scenarios.preexam"
    label = "preexam"
