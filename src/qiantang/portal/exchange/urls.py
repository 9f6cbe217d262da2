"""Addresses of the exchange."""

from __future__ import annotations

from django.urls import path

from qiantang.portal.exchange.views import frames, office, personal

app_name = "exchange"
urlpatterns = [
    path("exchange", office.platform_list, name="platform-list"),
    path("exchange/platforms", office.platform_add, name="platform-add"),
    path("exchange/platforms/<int:key>", office.platform_set, name="platform-set"),
    path("exchange/messages/<int:key>/again", office.push_again, name="push-again"),
    path("exchange/key", office.key_change, name="key-change"),
    path("my-platforms", personal.agreement_list, name="agreement-list"),
    path("frames/services/<str:code>", frames.frame_show, name="frame-show"),
]
