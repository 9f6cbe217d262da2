"""Addresses of the hall: the first page, and services."""

from __future__ import annotations

from django.urls import path

from qiantang.portal.hall.views import catalogue, complaints, figures, matters, office, prefill, public, signing, tisc

app_name = "hall"
urlpatterns = [
    path("", public.home, name="home-show"),
    path("services", catalogue.service_list, name="service-list"),
    path("services/guide", catalogue.guide_show, name="guide-show"),
    path("services/check", catalogue.catalogue_check, name="catalogue-check"),
    path("services/figures", figures.figures_show, name="figures-show"),
    path("services/ratings", figures.rating_desk, name="rating-desk"),
    path("services/complaint", complaints.complaint_new, name="complaint-new"),
    path("services/tisc", tisc.tisc_show, name="tisc-show"),
    path("services/forms", office.form_list, name="form-list"),
    path("services/forms/<str:key>/<int:version>", office.form_show, name="form-show"),
    path("services/forms/<str:key>/<int:version>.json", office.form_json, name="form-json"),
    path("services/contested", prefill.contested_list, name="contested-list"),
    path("services/window", office.window_show, name="window-show"),
    path("services/window/begin", office.window_begin, name="window-begin"),
    path("services/<str:code>/begin", matters.matter_new, name="matter-new"),
    path("matters/<str:number>", office.matter_show, name="matter-show"),
    path("matters/<str:number>/act", office.matter_act, name="matter-act"),
    path("matters/<str:number>/form/<str:step>", matters.matter_form, name="matter-form"),
    path("matters/<str:number>/papers", matters.matter_papers, name="matter-papers"),
    path("matters/<str:number>/preview", matters.matter_preview, name="matter-preview"),
    path("matters/<str:number>/files/<int:key>", matters.matter_file, name="matter-file"),
    path("matters/<str:number>/signatures", signing.matter_signers, name="matter-signers"),
    path("matters/<str:number>/signatures/ask", signing.signer_ask, name="signer-ask"),
    path("matters/<str:number>/signatures/sign", signing.signer_sign, name="signer-sign"),
    path("matters/<str:number>/contest", prefill.value_contest, name="value-contest"),
    path("licences", prefill.licence_list, name="licence-list"),
    path("matters/<str:number>/rate", matters.matter_rate, name="matter-rate"),
    path("matters/<str:number>/withdraw", matters.matter_withdraw, name="matter-withdraw"),
    path("services/<str:code>", catalogue.service_show, name="service-show"),
]
