"""What a visitor proposes as a network of the region: an enquiry with a few answers more."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models.enquiry import Enquiry


class NetworkProposal(models.Model):
    """A network that somebody proposes to a house; its purpose is the enquiry's message.

    F33: the house is the contact point for networks that exist and that form.

    Seen by whoever sees the enquiry, handed over and deleted with it.
    """

    changes_public_pages = False

    wagtail_reference_index_ignore = True

    enquiry = models.OneToOneField(Enquiry, on_delete=models.CASCADE, related_name="network")
    name = models.CharField(_("name"), max_length=120)
    #: The name as names are compared, see :func:`regions.house_blocks.network_key`.
    key = models.CharField(max_length=240, db_index=True, editable=False)
    meets = models.CharField(_("who meets when"), max_length=200, blank=True)
    url = models.URLField(_("website"), blank=True)
    #: Whether name and e-mail address of the sender may stand on the page of the house.
    shows_contact = models.BooleanField(_("may be named as contact"), default=False)

    class Meta:
        verbose_name = _("proposed network")
        verbose_name_plural = _("proposed networks")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
