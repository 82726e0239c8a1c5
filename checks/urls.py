"""Addresses of filling in checks and forms; they stand before the pages."""

from django.urls import path

from checks.filling import embedding, mailing, paper, views, weeks
from checks.filling.pdf import as_pdf
from checks.plan import reminder_views as reminders
from checks.plan import views as plan
from checks.requests import views as requests
from checks.results import rounds
from checks.results import views as results

RUN = "selbstcheck/<uuid:key>/<slug:signature>/"
REMINDER = "selbstcheck/erinnerung/<uuid:key>/<slug:signature>/"

urlpatterns = [
    path("woche/<int:page_id>/", weeks.short, name="check_week"),
    path(
        "selbstcheck/<int:page_id>/abschnitt/<int:number>/", views.first_section, name="check_begin"
    ),
    path("selbstcheck/<int:page_id>/papier/", paper.type_in, name="check_paper"),
    path("selbstcheck/<int:page_id>/drucken/", paper.blank, name="check_blank"),
    path(
        "selbstcheck/<int:page_id>/pdf/",
        as_pdf(paper.blank, "check_blank", is_stored=True),
        name="pdf_check_blank",
    ),
    path("formular/<int:page_id>/", requests.fill_in, name="form_fill_in"),
    path("formular/<int:page_id>/danke/", requests.sent, name="form_sent"),
    path("selbstcheck/<int:page_id>/einbetten/", embedding.embedded, name="check_embedded"),
    path("selbstcheck/geloescht/", views.deleted, name="check_deleted"),
    path(RUN, views.overview, name="check_run"),
    path(f"{RUN}abschnitt/<int:number>/", views.section, name="check_section"),
    path(f"{RUN}ergebnis/", results.result, name="check_result"),
    path(f"{RUN}haus/", results.handover, name="check_handover"),
    path(f"{RUN}haus/danke/", results.handed_over, name="check_handed_over"),
    path(f"{RUN}massnahmen/", plan.plan, name="check_plan"),
    path(f"{RUN}massnahmen/neu/", plan.new_measure, name="check_measure_new"),
    path(f"{RUN}massnahmen/<int:measure_id>/", plan.edit_measure, name="check_measure"),
    path(f"{RUN}massnahmen/kalender/", plan.calendar, name="check_plan_calendar"),
    path(f"{RUN}massnahmen/erinnern/", reminders.ask, name="check_reminder"),
    path(f"{RUN}massnahmen/erinnern/danke/", reminders.asked, name="check_reminder_asked"),
    path(f"{REMINDER}", reminders.confirm, name="plan_reminder"),
    path(f"{REMINDER}abmelden/", reminders.leave, name="plan_reminder_leave"),
    path(f"{RUN}vergleich/", rounds.comparison, name="check_comparison"),
    path(f"{RUN}neu-beginnen/", rounds.repeat, name="check_repeat"),
    path(f"{RUN}drucken/", paper.filled_in, name="check_print"),
    path(f"{RUN}drucken/pdf/", as_pdf(paper.filled_in, "check_print"), name="pdf_check_print"),
    path(f"{RUN}ergebnis/pdf/", as_pdf(results.result, "check_result"), name="pdf_check_result"),
    path(f"{RUN}massnahmen/pdf/", as_pdf(plan.plan, "check_plan"), name="pdf_check_plan"),
    path(f"{RUN}loeschen/", views.delete, name="check_delete"),
    path(f"{RUN}neuer-link/", views.renew, name="check_renew"),
    path(f"{RUN}link-senden/", mailing.mail_link, name="check_mail_link"),
    path(f"{RUN}link-senden/danke/", mailing.link_mailed, name="check_link_mailed"),
]
