"""Our own metadata on registrations (virksomhetsspesifikkeMetadata, M711): where in social media it came from."""

import re
from pathlib import Path

from lxml import etree

from torg.noark.objects import SocialMedia
from torg.noark.writing.tree import Branch, Refused

NAMESPACE = "urn:torg:noark5:sosialemedier:v1"
SCHEMA = Path(__file__).with_name("sosialemedier.xsd")


def add_social_media(registration: Branch, origin: SocialMedia | None) -> None:
    """virksomhetsspesifikkeMetadata, in the namespace of sosialemedier.xsd. Raises Refused for what that forbids."""
    if origin is None:
        return
    if not re.fullmatch("[0-9a-f]{64}", origin.raw_sha256):
        raise Refused(f"{registration.described()}: “{origin.raw_sha256}” is no SHA-256 in small hexadecimal letters")
    wrapper = registration.branch("virksomhetsspesifikkeMetadata")
    name = etree.QName(NAMESPACE, "sosialtMedium")
    part = Branch(etree.SubElement(wrapper.element, name, nsmap={"sm": NAMESPACE}), NAMESPACE)
    part.need("plattform", origin.platform)
    part.need("konto", origin.account)
    part.need("innleggID", origin.post_id)
    part.add("overordnetID", origin.parent_id)
    part.add("lenke", origin.permalink)
    part.add("brukernavn", origin.author_handle)
    part.need("fangetTidspunkt", origin.captured_at)
    part.add("apiVersjon", origin.api_version)
    part.need("raadataSjekksum", origin.raw_sha256)
    part.add("tidsstempelID", origin.time_stamp)
    part.add("redigertTidspunkt", origin.edited_at)
    part.add("slettetTidspunkt", origin.deleted_at)
    part.add("debattregel", origin.moderation_rule)
