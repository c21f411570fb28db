"""How some gateways that are common here want to be spoken to, as far as they tell the public.

Written from what each has published, and tried against none of them: a start to be checked with one's own agreement,
by sending oneself a test. What stands in capitals, and the address where none stands, comes with the agreement.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from torg.connectors.services.sms import AnswerRule, ReportRule


@dataclass(frozen=True, slots=True)
class Shape:
    """A gateway's way of speaking, with the pages on which it says so."""

    name: str
    told_at: str
    template: str
    answer: AnswerRule
    report: ReportRule = field(default_factory=ReportRule)
    address: str = ""


SHAPES: Mapping[str, Shape] = {
    "46elks": Shape(
        name="46elks",
        told_at="https://46elks.se/docs/sms-delivery-reports",
        address="https://api.46elks.com/a1/sms",
        template="from=KOMMUNEN&to={to}&message={text}&whendelivered={report}",
        answer=AnswerRule(accepted="status=created|sent|delivered", receipt="id"),
        report=ReportRule(message="id", delivered="status=delivered", failed="status=failed"),
    ),
    "gatewayapi": Shape(
        name="GatewayAPI",
        told_at="https://gatewayapi.com/docs/apis/rest/",
        address="https://gatewayapi.eu/rest/mtsms",
        template=(
            '{"sender": "KOMMUNEN", "message": "{text}", "userref": "{id}", "callback_url": "{report}",'
            ' "recipients": [{"msisdn": "{msisdn}"}]}'
        ),
        answer=AnswerRule(receipt="ids.0"),
        report=ReportRule(
            message="id", delivered="status=DELIVERED", failed="status=UNDELIVERABLE|EXPIRED|REJECTED|SKIPPED|DELETED"
        ),
    ),
    "link": Shape(
        name="LINK Mobility",
        told_at="https://www.linkmobility.com/developer/",
        template=(
            '{"source": "KOMMUNEN", "sourceTON": "ALPHANUMERIC", "destination": "{to}", "destinationTON": "MSISDN",'
            ' "platformId": "PLATFORM", "platformPartnerId": "PARTNER", "deliveryReportGates": ["GATE"],'
            ' "refId": "{id}", "userData": "{text}"}'
        ),
        answer=AnswerRule(accepted="resultCode=1005", receipt="messageId"),
        report=ReportRule(
            message="refId", delivered="resultCode=1001|1007", failed="resultCode=!1000|1001|1007|1008|1011|1012"
        ),
    ),
    "puzzel": Shape(
        name="Puzzel",
        told_at="https://github.com/PuzzelSolutions/SMS",
        template=(
            '{"serviceId": "SERVICE", "username": "USER", "password": "{key}", "message": [{"recipient": "{to}",'
            ' "content": "{text}", "clientReference": "{id}"}]}'
        ),
        answer=AnswerRule(accepted="messageStatus.0.statusCode=1", receipt="messageStatus.0.messageId"),
        report=ReportRule(each="dr", message="messageid", delivered="statuscode=0", failed="statuscode=!0"),
    ),
    "sveve": Shape(
        name="Sveve",
        told_at="https://sveve.no/apidok/send",
        template=(
            '{"user": "USER", "passwd": "{key}", "to": "{msisdn}", "msg": "{text}", "from": "KOMMUNEN",'
            ' "ref": "{id}", "f": "json"}'
        ),
        answer=AnswerRule(accepted="response.msgOkCount=1", failed="response.fatalError", receipt="response.ids.0"),
        report=ReportRule(message="ref", delivered="status=true", failed="status=false"),
    ),
}
