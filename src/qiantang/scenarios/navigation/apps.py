"""Navigation."""

from django.apps import AppConfig


class NavigationConfig(AppConfig):
    name = "qiantang.scenarios.navigation"
    label = "navigation"
