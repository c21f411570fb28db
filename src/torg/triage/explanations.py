"""Each finding as a sentence for the person who must decide."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from torg.detectors import Link, Oddity

SENTENCES: dict[str, Promise] = {
    "language": gettext_lazy("Written in %(language)s."),
    "language.other": gettext_lazy("Written in another language than the rules mention."),
    "language.unsure": gettext_lazy("The language is hard to tell."),
    "question.mark": gettext_lazy("Ends with a question mark."),
    "question.word_order": gettext_lazy("Is built as a question."),
    "case_handling.own_case": gettext_lazy("Mentions a case or an application of one's own."),
    "case_handling.applied": gettext_lazy("Says that an application or a complaint has been sent."),
    "case_handling.wants_to_apply": gettext_lazy("Wants to apply or complain."),
    "case_handling.complaint": gettext_lazy("Complains about a decision."),
    "case_handling.refused": gettext_lazy("Tells of a refusal."),
    "case_handling.reply_awaited": gettext_lazy("Waits for a reply in a case."),
    "case_handling.decision_asked": gettext_lazy("Asks for something that takes a decision."),
    "case_handling.case_number": gettext_lazy("Mentions a case number."),
    "case_handling.building": gettext_lazy("Wants to build or change a building."),
    "case_handling.neighbour": gettext_lazy("Is about a notice to neighbours or a complaint from one."),
    "case_handling.nav": gettext_lazy("Is about a matter with NAV."),
    "national_id.valid": gettext_lazy("A national identity number: the check digits are right."),
    "national_id.stated": gettext_lazy("The writer says that this is a national identity number."),
    "phone": gettext_lazy("A phone number."),
    "email": gettext_lazy("An e-mail address."),
    "email.spelled_out": gettext_lazy("An e-mail address with words for the signs."),
    "account": gettext_lazy("A bank account number: the check digit is right."),
    "health.diagnosis": gettext_lazy("Says that somebody has an illness."),
    "health.mental": gettext_lazy("Is about somebody's mental health."),
    "health.treatment": gettext_lazy("Tells of somebody's treatment or ability to work."),
    "health.substance": gettext_lazy("Says that somebody has a problem with alcohol or drugs."),
    "health.own": gettext_lazy("Tells of the writer's own illness."),
    "child.ill": gettext_lazy("Tells that a child is ill."),
    "child.care": gettext_lazy("Is about child welfare and a certain family."),
    "child.bullying": gettext_lazy("Tells that a child is bullied."),
    "child.special_needs": gettext_lazy("Tells of a child's diagnosis or needs."),
    "danger.suicide": gettext_lazy("May be about taking one's own life."),
    "danger.self_harm": gettext_lazy("May be about self-harm."),
    "danger.child": gettext_lazy("May be about violence or neglect against a child."),
    "danger.violence": gettext_lazy("May be about violence at home."),
    "danger.acute": gettext_lazy("May be about violence that is about to happen."),
    "danger.emergency": gettext_lazy("May be an emergency that is happening now."),
    "threat.violence": gettext_lazy("Threatens with violence, or wants it to happen."),
    "threat.wish": gettext_lazy("Wishes that somebody dies or is hurt."),
    "threat.veiled": gettext_lazy("Can be read as a veiled threat."),
    "threat.property": gettext_lazy("Threatens to destroy something."),
    "hate.group": gettext_lazy("Speaks hatefully of a group of people."),
    "insult.silence": gettext_lazy("Tells somebody rudely to be silent."),
    "insult.person": gettext_lazy("Attacks the person instead of the matter."),
    "insult.reputation": gettext_lazy("Makes a claim about somebody that can be defamatory."),
    "obscene.sexual": gettext_lazy("Makes a sexual remark about somebody."),
    "word": gettext_lazy("The word “%(word)s” is on our list."),
    "word.disguised": gettext_lazy("A disguised form of “%(word)s”, which is on our list."),
    "word.quoted": gettext_lazy("The word “%(word)s” is on our list, but is quoted."),
    "link": gettext_lazy("Leads to %(host)s."),
    "link.blocked": gettext_lazy("Leads to %(host)s, which stands on our list of blocked hosts."),
    "link.shortened": gettext_lazy("A shortened address at %(host)s: where it leads cannot be seen."),
    "link.disguised": gettext_lazy("Looks like another address, but leads to %(host)s."),
    "link.foreign_letters": gettext_lazy("The address has letters that can be mistaken for others: %(host)s."),
    "link.number": gettext_lazy("Leads to a bare number address, %(host)s."),
    "link.adult": gettext_lazy("The name %(host)s suggests sexual content."),
    "link.unreadable": gettext_lazy("The address is not written correctly."),
}

WARNINGS: dict[Oddity, Promise] = {
    Oddity.UNREADABLE: gettext_lazy("The address is not written correctly."),
    Oddity.DISGUISED: gettext_lazy("Names another host first, to look like it."),
    Oddity.FOREIGN_LETTERS: gettext_lazy("Has letters that can be mistaken for others."),
    Oddity.MIXED_SCRIPTS: gettext_lazy("Mixes letters of several alphabets."),
    Oddity.HIDDEN_SIGNS: gettext_lazy("Has signs that cannot be seen."),
    Oddity.SPELLED_OUT: gettext_lazy("Is written so that machines should not find it."),
    Oddity.SHORTENED: gettext_lazy("A short link: where it leads cannot be seen."),
    Oddity.ADULT: gettext_lazy("The name suggests sexual content."),
    Oddity.NUMBER: gettext_lazy("Has a number instead of a name."),
    Oddity.LEADS_ON: gettext_lazy("Leads on to %(hosts)s."),
}

LANGUAGES: dict[str, Promise] = {
    "nb": gettext_lazy("Bokmål"),
    "nn": gettext_lazy("Nynorsk"),
    "da": gettext_lazy("Danish"),
    "sv": gettext_lazy("Swedish"),
    "en": pgettext_lazy("within a sentence", "English"),
    "se": gettext_lazy("Northern Sámi"),
    "sma": gettext_lazy("Southern Sámi"),
    "smj": gettext_lazy("Lule Sámi"),
}


def warnings(link: Link) -> list[str]:
    """What is odd about a link, in the reader's language."""
    named = {"hosts": ", ".join(link.leads_on)}
    return [str(told) % named for oddity, told in WARNINGS.items() if oddity in link.oddities]


def sentence(code: str, params: Mapping[str, str | int]) -> str:
    """The explanation in the reader's language; an older version's code, no longer known, says so."""
    template = SENTENCES.get(code)
    if template is None:
        return _("Found by an older version of the detectors.")
    named = {**params, "language": LANGUAGES.get(str(params.get("language", "")), params.get("language", ""))}
    return str(template) % named
