"""The patent register."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "qiantang.corpus.register"
    label = "register"
