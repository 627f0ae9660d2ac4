from django.urls import path

from forms_engine.rest_api import addresses, cases, drafts, exports, files, flows, migrations, schema, submissions

__all__ = ["schema", "urlpatterns"]

urlpatterns = [
    path("flows/<str:key>/check", flows.CheckView.as_view()),
    path("flows/<str:key>/form.pdf", flows.BlankFormView.as_view()),
    path("addresses/suggest", addresses.AddressesView.as_view()),
    path("drafts", drafts.DraftsView.as_view()),
    path("drafts/<str:token>", drafts.DraftView.as_view()),
    path("drafts/<str:token>/steps/<str:step>", drafts.StepView.as_view()),
    path("drafts/<str:token>/summary", drafts.SummaryView.as_view()),
    path("drafts/<str:token>/migration", migrations.DraftMigrationView.as_view()),
    path("drafts/<str:token>/mail", drafts.ResumeMailView.as_view()),
    path("drafts/<str:token>/submit", drafts.SubmitView.as_view()),
    path("drafts/<str:token>/files", files.FilesView.as_view()),
    path("drafts/<str:token>/files/<str:file_id>", files.FileView.as_view()),
    path("submissions/find", submissions.FindSubmissionView.as_view()),
    path("submissions/<str:code>", submissions.SubmissionView.as_view()),
    path("submissions/<str:code>/summary.pdf", submissions.SubmissionPdfView.as_view()),
    path("me/data.zip", submissions.OwnDataView.as_view()),
    path("me/submissions", submissions.OwnSubmissionsView.as_view()),
    path("me/submissions/<str:reference>", submissions.OwnSubmissionView.as_view()),
    path("me/submissions/<str:reference>/summary.pdf", submissions.OwnSubmissionPdfView.as_view()),
    path("cases", cases.CasesView.as_view()),
    path("cases/<uuid:case_id>", cases.CaseView.as_view()),
    path("cases/<uuid:case_id>/assign", cases.CaseAssignView.as_view()),
    path("cases/<uuid:case_id>/status", cases.CaseStatusView.as_view()),
    path("cases/<uuid:case_id>/summary.pdf", cases.CasePdfView.as_view()),
    path("cases/<uuid:case_id>/files/<str:file_id>", cases.CaseFileView.as_view()),
    path("case-exports", exports.ExportsView.as_view()),
    path("case-exports/<uuid:export_id>/decision", exports.DecisionView.as_view()),
    path("case-exports/<uuid:export_id>/file.csv", exports.ExportFileView.as_view()),
    path("dead-letters", cases.DeadLettersView.as_view()),
    path("deliveries/<uuid:delivery_id>/resend", cases.ResendView.as_view()),
]
