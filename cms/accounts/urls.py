"""Addresses of sign-in and account (docs/reference/sign-in.md).

Stands before Wagtail's addresses, and takes the place of those that sign in, sign out or set
passwords. allauth's other pages (sign-up, addresses, codes by mail) are not offered.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from django.db import transaction
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.accounts import views

urlpatterns = [
    path("admin/login/", views.to_sign_in),
    path("admin/logout/", account.logout),
    re_path(r"^admin/password_reset/", views.to_new_password),
    path("_util/login/", views.to_sign_in),
    path("en/_util/login/", views.to_sign_in),
    path("anmelden/", views.SignInView.as_view(), name="account_login"),
    path("anmelden/code/", mfa.authenticate, name="mfa_authenticate"),
    path("anmelden/gesperrt/", account.account_inactive, name="account_inactive"),
    path("anmelden/passwort/", account.password_reset, name="account_reset_password"),
    path(
        "anmelden/passwort/unterwegs/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "anmelden/passwort/geaendert/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^anmelden/passwort/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("abmelden/", account.logout, name="account_logout"),
    path("konto/", views.AccountView.as_view(), name="account_home"),
    path("konto/passwort/", account.password_change, name="account_change_password"),
    path("konto/bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/bestaetigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("konto/zweiter-faktor/", views.SecondFactorView.as_view(), name="mfa_index"),
    path("konto/zweiter-faktor/einrichten/", views.SetUpView.as_view(), name="mfa_activate_totp"),
    path(
        "konto/zweiter-faktor/abschalten/",
        views.SwitchOffView.as_view(),
        name="mfa_deactivate_totp",
    ),
    path("konto/notfallcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "konto/notfallcodes/neu/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "konto/notfallcodes/datei/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("konto/anmeldungen/", views.SessionsView.as_view(), name="usersessions_list"),
]

# A count of attempts must stand at once, for every process, and hashing a password must not hold
# the write lock of SQLite: these views take their transactions themselves.
urlpatterns = decorate_urlpatterns(urlpatterns, transaction.non_atomic_requests)
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
