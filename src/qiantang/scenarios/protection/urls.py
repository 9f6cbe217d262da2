"""Addresses of protection."""

from __future__ import annotations

from django.urls import path

from qiantang.scenarios.protection.views import deposits, verification

app_name = "protection"
urlpatterns = [
    path("evidence", deposits.deposit_list, name="deposit-list"),
    path("evidence/new", deposits.deposit_new, name="deposit-new"),
    path("evidence/log.json", deposits.log_head, name="log-head"),
    path("evidence/<str:number>", deposits.deposit_detail, name="deposit-detail"),
    path("evidence/<str:number>/package", deposits.deposit_package, name="deposit-package"),
    path("evidence/<str:number>/certificate/<str:language>", deposits.deposit_certificate, name="deposit-certificate"),
    path("verify", verification.verify_page, name="verify"),
]
