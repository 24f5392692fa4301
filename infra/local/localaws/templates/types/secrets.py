# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class Secret(Handler):
    replaced_by = frozenset({"Name"})

    def create(self, place: Place, given: Given) -> Made:
        wish = given.take("GenerateSecretString", None)
        value = {} if wish is None else {
            "SecretString": place.send("secretsmanager", "get_random_password", wish)["RandomPassword"]}
        answer = place.send("secretsmanager", "create_secret", {"Name": place.name(), **value, **given.rest()})
        return Made(answer["ARN"], {"Id": answer["ARN"]})

    def find(self, place: Place, identifier: dict[str, str]) -> Made:
        arn = place.client("secretsmanager").describe_secret(SecretId=identifier["Id"])["ARN"]
        return Made(arn, {"Id": arn})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("secretsmanager").delete_secret(SecretId=resource.ref, ForceDeleteWithoutRecovery=True)


HANDLERS = {"AWS::SecretsManager::Secret": Secret()}
