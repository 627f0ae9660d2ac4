"""Addresses of the form desk, below /admin/formulare/."""

from django.urls import path

from forms_engine.desk.views import changes, moving, nodes, parts, sections, sharing, trying, whole

app_name = "desk"
urlpatterns = [
    path("", whole.form_list, name="index"),
    path("neu/", whole.create, name="create"),
    path("+einlesen/", sharing.take, name="take"),
    path("+bausteine/", sections.section_list, name="sections"),
    path("+bausteine/neu/", sections.create, name="create_section"),
    path("<slug:key>/", whole.outline_page, name="outline"),
    path("<slug:key>/aktion/", whole.action, name="action"),
    path("<slug:key>/veroeffentlichen/", whole.publish, name="publish"),
    path("<slug:key>/verlauf/", whole.history, name="history"),
    path("<slug:key>/export/", whole.export, name="export"),
    path("<slug:key>/angaben/", whole.settings_page, name="settings"),
    path("<slug:key>/voraussetzungen/", parts.requirements, name="requirements"),
    path("<slug:key>/listen/", parts.codelists, name="codelists"),
    path("<slug:key>/uebersetzungen/", parts.translations, name="translations"),
    path("<slug:key>/satz/", parts.condition_sentence, name="sentence"),
    path("<slug:key>/unterschied/", changes.changes, name="changes"),
    path("<slug:key>/umzug/", moving.versions_page, name="moving"),
    path("<slug:key>/umzug/<int:number>/", moving.migration_page, name="migration"),
    path("<slug:key>/umzug/<int:number>/zurueckziehen/", moving.withdraw, name="withdraw_migration"),
    path("<slug:key>/weitergeben/", sharing.share, name="share"),
    path("<slug:key>/paket/", sharing.package, name="package"),
    path("<slug:key>/ausprobieren/", trying.try_page, name="try"),
    path("<slug:key>/testfaelle/", trying.tests_page, name="tests"),
    path("<slug:key>/testfaelle/loeschen/", trying.delete_test, name="delete_test"),
    path("<slug:key>/nutzung/", sections.usage, name="usage"),
    path("<slug:key>/baustein-einfuegen/", sections.insert, name="insert_section"),
    path("<slug:key>/baustein/<str:path>/", sections.use_page, name="use"),
    path("<slug:key>/schritt/neu/", nodes.add_step, name="add_step"),
    path("<slug:key>/schritt/<str:path>/", nodes.edit_step, name="step"),
    path("<slug:key>/frage/art/", nodes.choose_type, name="choose_type"),
    path("<slug:key>/frage/neu/", nodes.add_node, name="add_node"),
    path("<slug:key>/frage/<str:path>/", nodes.edit_node, name="node"),
]
