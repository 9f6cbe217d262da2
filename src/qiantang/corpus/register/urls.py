"""Addresses of the register."""

from django.urls import path

from qiantang.corpus.register.views import claims, owners, public

app_name = "register"
urlpatterns = [
    path("patents/<path:number>/claims/compare", claims.compare_page, name="claims-compare"),
    path("patents/<path:number>/claims", claims.claims_page, name="claims-page"),
    path("patents/<path:number>", public.patent_page, name="patent-page"),
    path("parties/<int:number>", owners.party_page, name="party-page"),
    path("coverage", public.coverage_page, name="coverage-page"),
]
