"""The account of an editor, reviewer or administrator: an e-mail address and a name."""

from typing import ClassVar, Unpack

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cms.models.save_options import SaveOptions


class UserManager(BaseUserManager["User"]):
    """Creates accounts and finds them by address without regard to case."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The one spelling of an address; Django's own keeps the case before the @."""
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an account.

        Args:
            email: address used to sign in; stored in lower case.
            password: clear text; without one the account cannot sign in yet.
            fields: further model fields.

        Raises:
            ValueError: if ``email`` is empty.
        """
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an account that may do everything (``manage.py createsuperuser``)."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find the account for a sign-in, whatever case the address is typed in."""
        return self.get(email=self.normalize_email(username))


class User(AbstractBaseUser, PermissionsMixin):
    """A person who works in the admin. Visitors have no accounts."""

    changes_public_pages = False

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Inactive accounts cannot sign in. Prefer this to deleting an account."),
    )
    date_joined = models.DateTimeField(_("created"), default=timezone.now)
    # Starts the period after which name and address are removed (regions.people.retention).
    deactivated_at = models.DateTimeField(_("inactive since"), null=True, editable=False)
    session_generation = models.PositiveIntegerField(
        _("generation of sessions"), default=0, editable=False
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.get_full_name()

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save, and remember since when the account has been inactive."""
        if self.is_active:
            self.deactivated_at = None
        elif self.deactivated_at is None:
            self.deactivated_at = timezone.now()
            # No session comes back to life when the account is activated again.
            self.session_generation += 1
        if (fields := options.get("update_fields")) is not None and "is_active" in fields:
            options["update_fields"] = {*fields, "deactivated_at", "session_generation"}
        super().save(**options)

    def clean(self) -> None:
        """Keep one spelling of each address."""
        super().clean()
        self.email = UserManager.normalize_email(self.email)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session of the account carries: those of another generation have ended.

        Django asks on each request for ``get_session_auth_hash()``, and for the same with older
        secrets; both are made by this method.
        """
        key_salt = "cms.models.User.get_session_auth_hash"
        value = f"{self.password}:{self.session_generation}"
        return salted_hmac(key_salt, value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """The name shown to colleagues; the address until a name is given."""
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def get_short_name(self) -> str:
        """The first name, for salutations."""
        return self.first_name or self.email
