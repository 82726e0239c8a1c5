"""Sign-in by django-allauth: what it does, how often one may guess, how long a session lives."""

import os

#: Accounts are made by invitation, and the e-mail address of ``cms.User`` is the log-in.
ACCOUNT_ADAPTER = "cms.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# The address is kept in the account alone: allauth's own table of addresses stays empty, so that
# a former address never signs in.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# How long a sign-in or a confirmation by password counts for what is sensitive, in seconds.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_FORMS = {
    "login": "cms.accounts.forms.SignInForm",
    "reset_password": "cms.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "cms.accounts.forms.NewPasswordForm",
    "change_password": "cms.accounts.forms.ChangePasswordForm",
    "reauthenticate": "cms.accounts.forms.ConfirmPasswordForm",
}

#: Links to set a new password: once, and for an hour.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = (  # as Django makes them: void after a use or a sign-in
    "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
)
PASSWORD_RESET_TIMEOUT = 60 * 60

#: Guessing (docs/reference/sign-in.md). "key" is an account, known or not; browsers that have
#: signed in to it before are counted apart, so that a stranger cannot lock its owner out. "ip" has
#: to leave room for a training of 50 people behind one address, of whom many mistype.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/5m/key,30/d/key",
    "reset_password": "60/m/ip,3/h/key",
    "reset_password_from_key": "120/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

#: The second factor: a code of an authenticator app, or one of ten recovery codes.
MFA_ADAPTER = "cms.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Häuser der Kooperation"
# A phone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "cms.accounts.forms.CodeForm",
    "reauthenticate": "cms.accounts.forms.ConfirmCodeForm",
    "activate_totp": "cms.accounts.forms.SetUpForm",
}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/anmelden/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

#: A form that comes too late is held, not lost.
CSRF_FAILURE_VIEW = "cms.accounts.expired_session_forms.csrf_failure"

#: A working day after the last change to the session.
SESSION_COOKIE_AGE = 12 * 60 * 60

# Counts of attempts and of messages, spent codes, and forms just sent are shared by all processes;
# everything else stays in memory, where reading it costs no query.
CACHES = {
    "default": {"BACKEND": "cms.delivery.shared_cache.PartlySharedCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cms_sharedvalue",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
SHARED_CACHE_PREFIXES = ("allauth", "throttle", "sent-form", "pdf-place", "deleted-check")

#: Who needs a second factor, who may reset it for whom, and whether the first rule is enforced.
SECOND_FACTOR_RULE = "regions.mfa_policy.needs_second_factor"
SECOND_FACTOR_KEEPER_RULE = "regions.mfa_policy.may_reset"
SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR", "required") != "optional"
