# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource
from .route53 import change_record


class Certificate(Handler):
    def create(self, place: Place, given: Given) -> Made:
        options = given.parts("DomainValidationOptions")
        zones = {each.take("DomainName"): each.take("HostedZoneId") for each in options}
        arn = place.send("acm", "request_certificate", given.rest())["CertificateArn"]
        _prove(place, arn, zones)
        return Made(arn)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("acm").delete_certificate(CertificateArn=resource.ref)


def _prove(place: Place, arn: str, zones: dict[str, str]) -> None:
    """Writes into the zone what shows that the name is ours, as CloudFormation does."""
    certificate = place.client("acm").describe_certificate(CertificateArn=arn)["Certificate"]
    for each in certificate["DomainValidationOptions"]:
        asked = each["ResourceRecord"]
        record = {"Name": asked["Name"], "Type": asked["Type"], "TTL": 300,
                  "ResourceRecords": [{"Value": asked["Value"]}]}
        change_record(place, zones[each["DomainName"]], "UPSERT", record)


HANDLERS = {"AWS::CertificateManager::Certificate": Certificate()}
