"""What is said of the rule for passwords (``AUTH_PASSWORD_VALIDATORS``), in every form alike."""

from django.utils.translation import gettext_lazy as _

PASSWORD_RULE = _(
    "At least eight characters, and not only digits. Three or four words in a row are good."
)
PASSWORDS_DIFFER = _("The two passwords differ. Please type both again.")
