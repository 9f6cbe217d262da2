"""Addresses of protection."""

from __future__ import annotations

from django.urls import path

from qiantang.scenarios.protection.views import (
    assistance,
    captures,
    charts,
    clues,
    collections,
    deposits,
    disputes,
    files,
    inspections,
    matters,
    register,
    registers,
    secrets,
    sheets,
    statistics,
    takedowns,
    verification,
    visiting,
    watching,
)

app_name = "protection"
urlpatterns = [
    path("evidence", deposits.deposit_list, name="deposit-list"),
    path("evidence/new", deposits.deposit_new, name="deposit-new"),
    path("evidence/log.json", deposits.log_head, name="log-head"),
    path("evidence/captures", captures.capture_list, name="capture-list"),
    path("evidence/captures/<str:number>", captures.capture_detail, name="capture-detail"),
    path("evidence/captures/<str:number>/preview", captures.capture_preview, name="capture-preview"),
    path("evidence/captures/<str:number>/files/<str:name>", captures.capture_product, name="capture-product"),
    path("evidence/schedules/<str:number>/stop", captures.schedule_stop, name="schedule-stop"),
    path("evidence/collections", collections.collection_list, name="collection-list"),
    path("evidence/collections/<str:number>", collections.collection_detail, name="collection-detail"),
    path("evidence/collections/<str:number>/items", collections.collection_add, name="collection-add"),
    path("evidence/collections/<str:number>/close", collections.collection_close, name="collection-close"),
    path("evidence/secrets/new", secrets.secret_new, name="secret-new"),
    path("evidence/secrets/<str:number>", secrets.secret_detail, name="secret-detail"),
    path("evidence/secrets/<str:number>/open", secrets.secret_open, name="secret-open"),
    path("evidence/secrets/<str:number>/grants", secrets.secret_grant, name="secret-grant"),
    path("evidence/secrets/<str:number>/grants/<int:grant>/revoke", secrets.secret_revoke, name="secret-revoke"),
    path("evidence/<str:number>", deposits.deposit_detail, name="deposit-detail"),
    path("evidence/<str:number>/package", deposits.deposit_package, name="deposit-package"),
    path("evidence/<str:number>/certificate/<str:language>", deposits.deposit_certificate, name="deposit-certificate"),
    path("verify", verification.verify_page, name="verify"),
]
urlpatterns += [
    path("protection", disputes.first_page, name="first-page"),
    path("protection/mediators", register.mediator_list, name="mediator-list"),
    path("protection/join", register.join, name="join"),
    path("protection/delegations", register.delegate, name="delegate"),
    path("protection/limits", register.limit_list, name="limit-list"),
    path("protection/experts", assistance.expert_list, name="expert-list"),
    path("protection/opinions", assistance.opinion_list, name="opinion-list"),
    path("protection/library", assistance.library_list, name="library-list"),
    path("protection/abroad", assistance.abroad_list, name="abroad-list"),
    path("protection/clues", clues.clue_list, name="clue-list"),
    path("protection/matters/<str:number>/sign", matters.matter_sign, name="matter-sign"),
    path(
        "protection/matters/<str:number>/papers/<str:paper>/<str:language>", matters.matter_paper, name="matter-paper"
    ),
    path("protection/watches", watching.watch_list, name="watch-list"),
    path("protection/watches/<int:key>", watching.watch_show, name="watch-show"),
    path("protection/registers", registers.register_show, name="register-show"),
    path("protection/registers/<str:number>", registers.entry_show, name="entry-show"),
    path("protection/registers/<str:number>/notice/<str:language>", registers.entry_notice, name="entry-notice"),
    path("protection/connectors/key", files.exchange_key, name="exchange-key"),
    path("protection/connectors/<str:connector>", files.connector_callback, name="connector-callback"),
    path("protection/visit", visiting.visit, name="visit"),
    path("protection/visit/matter", visiting.visited, name="visit-matter"),
    path("protection/statistics", statistics.statistics_page, name="statistics"),
    path("protection/disputes", disputes.dispute_list, name="dispute-list"),
    path("protection/disputes/<str:number>", disputes.dispute_show, name="dispute-show"),
    path("protection/disputes/<str:number>/act", disputes.dispute_act, name="dispute-act"),
    path("protection/disputes/<str:number>/charts", charts.chart_list, name="chart-list"),
    path("protection/disputes/<str:number>/letters", takedowns.takedown_list, name="takedown-list"),
    path(
        "protection/disputes/<str:number>/letters/<str:paper>/<str:language>",
        takedowns.takedown_letter,
        name="takedown-letter",
    ),
    path("protection/matters/<str:number>", matters.matter_show, name="matter-show"),
    path("protection/matters/<str:number>/act", matters.matter_act, name="matter-act"),
]
urlpatterns += [
    path("protection/authorities", sheets.authority_list, name="authority-list"),
    path("protection/sheets", sheets.sheet_list, name="sheet-list"),
    path("protection/sheets/<int:number>", sheets.sheet_show, name="sheet-show"),
    path("protection/enforcement", sheets.enforcement, name="enforcement"),
    path("protection/inspections", inspections.inspection_list, name="inspection-list"),
    path("protection/inspections.csv", inspections.inspection_table, name="inspection-table"),
    path("protection/inspections/<int:number>", inspections.inspection_show, name="inspection-show"),
]
