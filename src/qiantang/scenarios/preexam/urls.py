"""Addresses of pre-examination."""

from django.urls import path

from qiantang.scenarios.preexam.views import (
    checking,
    drafts,
    examination,
    figures,
    ledgers,
    prior_art,
    public,
    reading,
    subjects,
)

app_name = "preexam"
urlpatterns = [
    path("preexam", public.first_page, name="first-page"),
    path("preexam/check", checking.check_draft, name="check"),
    path("preexam/check/wrong", checking.report_wrong, name="report-wrong"),
    path("preexam/rules", public.rules_in_force, name="rules"),
    path("preexam/classes", public.approved_classes, name="classes"),
    path("preexam/subjects", subjects.subject_list, name="subject-list"),
    path("preexam/subjects/<str:number>", subjects.subject_show, name="subject-show"),
    path("preexam/subjects/<str:number>/submit", subjects.subject_submit, name="subject-submit"),
    path("preexam/subjects/<str:number>/findings", subjects.subject_findings, name="subject-findings"),
    path("preexam/figures", figures.figures, name="figures"),
    path("preexam/agencies", ledgers.agency_list, name="agency-list"),
    path("preexam/examiners", ledgers.examiner_list, name="examiner-list"),
    path("preexam/ledgers", ledgers.ledger_list, name="ledger-list"),
    path("preexam/ledgers/<int:organisation>", ledgers.ledger_show, name="ledger-show"),
    path("preexam/drafts", drafts.draft_list, name="draft-list"),
    path("preexam/drafts/<str:number>", drafts.draft_show, name="draft-show"),
    path("preexam/drafts/<str:number>/versions", drafts.version_add, name="version-add"),
    path("preexam/drafts/<str:number>/papers/<slug:slot>", drafts.paper_add, name="paper-add"),
    path("preexam/drafts/<str:number>/paper/<int:sealed>", drafts.paper_show, name="paper-show"),
    path("preexam/drafts/<str:number>/submit", drafts.draft_submit, name="draft-submit"),
    path("preexam/drafts/<str:number>/act", examination.draft_act, name="draft-act"),
    path("preexam/drafts/<str:number>/text", reading.text_show, name="draft-text"),
    path("preexam/drafts/<str:number>/prior-art", prior_art.prior_art_show, name="prior-art"),
    path("preexam/drafts/<str:number>/items", reading.items_write, name="items-write"),
    path("preexam/drafts/<str:number>/answers", reading.answers_write, name="answers-write"),
]
