"""Addresses of navigation."""

from django.urls import path

from qiantang.scenarios.navigation.views import (
    editing,
    editions,
    firm,
    industries,
    marks,
    projects,
    report,
    samples,
    seeds,
    team,
)

app_name = "navigation"
urlpatterns = [
    path("navigation", industries.index, name="index"),
    path("navigation/marks", marks.mark_list, name="mark-list"),
    path("navigation/marks/<int:key>/remove", marks.mark_remove, name="mark-remove"),
    path("navigation/firm", firm.firm_page, name="firm"),
    path("navigation/industries/import", editing.pack_import, name="pack-import"),
    path("navigation/industries/<slug:key>", industries.industry, name="industry"),
    path("navigation/industries/<slug:key>/pack.toml", industries.pack, name="pack"),
    path("navigation/industries/<slug:key>/edit", editing.chain_edit, name="chain-edit"),
    path("navigation/industries/<slug:key>/words", editing.chain_words, name="chain-words"),
    path("navigation/industries/<slug:key>/publish", editing.chain_publish, name="chain-publish"),
    path("navigation/industries/<slug:key>/drop", editing.chain_drop, name="chain-drop"),
    path("navigation/industries/<slug:key>/nodes/new", editing.node_new, name="node-new"),
    path("navigation/industries/<slug:key>/nodes/<str:code>", editing.node_edit, name="node-edit"),
    path("navigation/industries/<slug:key>/nodes/<str:code>/move", editing.node_move, name="node-move"),
    path("navigation/industries/<slug:key>/nodes/<str:code>/remove", editing.node_remove, name="node-remove"),
]
urlpatterns += [
    path("navigation/projects/new", projects.project_new, name="project-new"),
    path("navigation/projects/<int:key>", projects.project_page, name="project-page"),
    path("navigation/projects/<int:key>/edit", projects.project_edit, name="project-edit"),
    path("navigation/projects/<int:key>/cutoff", projects.project_cutoff, name="project-cutoff"),
    path("navigation/projects/<int:key>/close", projects.stage_close, name="stage-close"),
    path("navigation/projects/<int:key>/compute", projects.edition_request, name="edition-request"),
    path("navigation/projects/<int:key>/text", projects.text_write, name="text-write"),
    path("navigation/projects/<int:key>/opinion", projects.opinion_give, name="opinion-give"),
    path("navigation/projects/<int:key>/team", team.project_team, name="project-team"),
    path("navigation/projects/<int:key>/team/plan", team.project_plan, name="project-plan"),
    path("navigation/projects/<int:key>/recommendations", team.recommendation_list, name="recommendation-list"),
    path("navigation/projects/<int:key>/recommendations/<int:one>/decide", team.decide, name="recommendation-decide"),
    path(
        "navigation/projects/<int:key>/recommendations/<int:one>/outcome", team.outcome, name="recommendation-outcome"
    ),
    path("navigation/projects/<int:key>/samples", samples.sample_list, name="sample-list"),
    path("navigation/projects/<int:key>/seeds", seeds.seed_list, name="seed-list"),
    path("navigation/expansions/<int:key>", seeds.expansion, name="expansion"),
    path("navigation/expansions/<int:key>/candidates.csv", seeds.candidates_csv, name="expansion-csv"),
    path("navigation/samples/<int:key>", samples.sample_label, name="sample-label"),
    path("navigation/samples/<int:key>/review", samples.sample_review, name="sample-review"),
]
urlpatterns += [
    path("navigation/editions/<int:key>", editions.edition_page, name="edition-page"),
    path("navigation/editions/<int:key>/figure", editions.figure, name="figure"),
    path("navigation/editions/<int:key>/key-patents", editions.key_patents, name="key-patents"),
    path("navigation/editions/<int:key>/changes", editions.changes, name="edition-changes"),
    path("navigation/editions/<int:key>/publish", editions.edition_publish, name="edition-publish"),
    path("navigation/editions/<int:key>/delete", editions.edition_delete, name="edition-delete"),
    path("navigation/editions/<int:key>/topic", editions.topic_label, name="topic-label"),
    path("navigation/editions/<int:key>/report", report.report_page, name="report-page"),
    path("navigation/editions/<int:key>/report.docx", report.report_docx, name="report-docx"),
    path("navigation/editions/<int:key>/report.pdf", report.report_pdf, name="report-pdf"),
    path("navigation/editions/<int:key>/annex.csv", report.annex, name="report-annex"),
]
