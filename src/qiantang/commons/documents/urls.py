"""Addresses of documents."""

from __future__ import annotations

from django.urls import path

from qiantang.commons.documents.views import mine, revoked

app_name = "documents"
urlpatterns = [
    path("documents", mine.document_list, name="document-list"),
    path("documents/revoked", revoked.revoked_list, name="revoked-list"),
    path("documents/revoked.json", revoked.revoked_json, name="revoked-json"),
    path("documents/<str:number>", mine.document_show, name="document-show"),
    path("documents/<str:number>/revoke", mine.document_revoke, name="document-revoke"),
    path("documents/<str:number>/<str:language>.<str:name>", mine.document_take, name="document-take"),
]
