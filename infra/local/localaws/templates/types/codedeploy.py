# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class Application(Handler):
    def create(self, place: Place, given: Given) -> Made:
        wanted = {"ApplicationName": place.name(100), **given.rest()}
        place.send("codedeploy", "create_application", wanted)
        return Made(wanted["ApplicationName"])

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("codedeploy").delete_application(applicationName=resource.ref)


class DeploymentGroup(Handler):
    fixed = frozenset({"ApplicationName", "DeploymentGroupName", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        wanted = {"DeploymentGroupName": place.name(100), **given.rest()}
        place.send("codedeploy", "create_deployment_group", wanted)
        return Made(wanted["DeploymentGroupName"])

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        given.take("Tags", None)
        place.send("codedeploy", "update_deployment_group", given.rest(),
                   names={"DeploymentGroupName": "currentDeploymentGroupName"})
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("codedeploy").delete_deployment_group(
            applicationName=resource.properties["ApplicationName"], deploymentGroupName=resource.ref)


HANDLERS = {
    "AWS::CodeDeploy::Application": Application(),
    "AWS::CodeDeploy::DeploymentGroup": DeploymentGroup(),
}
