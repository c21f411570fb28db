"""What SCIM asks a server to say of itself."""

from typing import Any

from torg.api.scim.mapping import ENTERPRISE, USER

MOST = 200


def configuration() -> dict[str, Any]:
    """What is supported (RFC 7643, section 5)."""
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST},
        "changePassword": {"supported": False},
        "sort": {"supported": False},
        "etag": {"supported": False},
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Bearer token",
                "description": "A token made under Integrations, with the right to manage integrations",
                "primary": True,
            }
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": "/scim/v2/ServiceProviderConfig"},
    }


def resource_types() -> list[dict[str, Any]]:
    """The one kind of resource: users."""
    return [
        {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": "User",
            "name": "User",
            "endpoint": "/Users",
            "description": "Somebody who works in the municipality",
            "schema": USER,
            "schemaExtensions": [{"schema": ENTERPRISE, "required": False}],
            "meta": {"resourceType": "ResourceType", "location": "/scim/v2/ResourceTypes/User"},
        }
    ]


def schemas() -> list[dict[str, Any]]:
    """The attributes that are kept; all others are accepted and forgotten."""
    user = [
        _attribute("userName", is_required=True, uniqueness="server"),
        _attribute("displayName"),
        _attribute("externalId", is_case_exact=True),
        _attribute("active", kind="boolean"),
        {**_attribute("name", kind="complex"), "subAttributes": [_attribute(one) for one in NAMES]},
        {
            **_attribute("emails", kind="complex", is_many=True),
            "subAttributes": [_attribute("value"), _attribute("type")],
        },
    ]
    enterprise = [_attribute("employeeNumber", uniqueness="server"), _attribute("department")]
    return [
        _schema(USER, "User", "Somebody who works in the municipality", user),
        _schema(ENTERPRISE, "EnterpriseUser", "What the employer knows", enterprise),
    ]


MAILS = ("value", "type")
NAMES = ("formatted", "givenName", "familyName")


def _schema(urn: str, name: str, description: str, attributes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": urn,
        "name": name,
        "description": description,
        "attributes": attributes,
        "meta": {"resourceType": "Schema", "location": f"/scim/v2/Schemas/{urn}"},
    }


def _attribute(
    name: str,
    *,
    kind: str = "string",
    is_many: bool = False,
    is_required: bool = False,
    is_case_exact: bool = False,
    uniqueness: str = "none",
) -> dict[str, Any]:
    return {
        "name": name,
        "type": kind,
        "multiValued": is_many,
        "required": is_required,
        "caseExact": is_case_exact,
        "mutability": "readWrite",
        "returned": "default",
        "uniqueness": uniqueness,
    }
