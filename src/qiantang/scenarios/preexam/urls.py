"""Addresses of pre-examination."""

from django.urls import path

from qiantang.scenarios.preexam.views import checking, public, subjects

app_name = "preexam"
urlpatterns = [
    path("preexam", public.first_page, name="first-page"),
    path("preexam/check", checking.check_draft, name="check"),
    path("preexam/check/wrong", checking.report_wrong, name="report-wrong"),
    path("preexam/rules", public.rules_in_force, name="rules"),
    path("preexam/subjects", subjects.subject_list, name="subject-list"),
    path("preexam/subjects/<str:number>", subjects.subject_show, name="subject-show"),
    path("preexam/subjects/<str:number>/submit", subjects.subject_submit, name="subject-submit"),
    path("preexam/subjects/<str:number>/findings", subjects.subject_findings, name="subject-findings"),
    path("preexam/classes", public.approved_classes, name="classes"),
]
