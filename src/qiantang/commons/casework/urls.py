"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from qiantang.commons.casework.views import (
    desk,
    feeds,
    linked,
    listing,
    matter,
    old_files,
    records,
    redactions,
    sheet,
    status,
)

app_name = "casework"
urlpatterns = [
    path("desk", desk.desk_show, name="desk-show"),
    path("desk/act", desk.desk_act, name="desk-act"),
    path("desk/records", records.record_list, name="record-list"),
    path("desk/records/<str:number>", records.record_show, name="record-show"),
    path("desk/records/<str:number>/act", records.record_act, name="record-act"),
    path("desk/records/<str:number>/package", records.record_package, name="record-package"),
    path("desk/old-files", old_files.old_file_list, name="old-file-list"),
    path("desk/old-files/act", old_files.old_file_act, name="old-file-act"),
    path("desk/old-files/<int:key>", old_files.old_list_show, name="old-list-show"),
    path("cases", listing.case_list, name="case-list"),
    path("cases/<str:number>", sheet.case_show, name="case-show"),
    path("cases/<str:number>/step", sheet.case_step, name="case-step"),
    path("cases/<str:number>/note", sheet.case_note, name="case-note"),
    path("cases/<str:number>/clock", sheet.case_clock, name="case-clock"),
    path("cases/<str:number>/office", sheet.case_office, name="case-office"),
    path("cases/<str:number>/matter", matter.matter_show, name="matter-show"),
    path("cases/<str:number>/matter/act", matter.matter_act, name="matter-act"),
    path("cases/<str:number>/linked", linked.linked_show, name="linked-show"),
    path("cases/<str:number>/linked/act", linked.linked_act, name="linked-act"),
    path("cases/<str:number>/calendar", feeds.make, name="feed-make"),
    path("cases/<str:number>/public", redactions.redaction_list, name="redaction-list"),
    path("cases/<str:number>/public/new", redactions.redaction_new, name="redaction-new"),
    path("cases/<str:number>/public/<int:key>", redactions.redaction_show, name="redaction-show"),
    path("cases/<str:number>/public/<int:key>/act", redactions.redaction_act, name="redaction-act"),
    path("cases/<str:number>/public/<int:key>/file", redactions.redaction_file, name="redaction-file"),
    path("calendars/<str:secret>.ics", feeds.show, name="feed-show"),
    path("case-status", status.by_code, name="status-show"),
]
