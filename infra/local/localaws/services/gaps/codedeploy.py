# SPDX-License-Identifier: Apache-2.0
"""Deployments that stop, groups that change, and both when they go."""

from moto.codedeploy.models import codedeploy_backends
from moto.codedeploy.responses import _deployment_group_info

from .. import ACCOUNT
from ..answers import Refusal
from ..call import Call


def delete_application(call: Call) -> dict:
    backend = _backend(call)
    name = call.parameters["applicationName"]
    backend.applications.pop(name, None)
    backend.deployment_groups.pop(name, None)
    return {}


def get_group(call: Call) -> dict:
    asked = call.parameters
    group = _backend(call).get_deployment_group(asked["applicationName"], asked["deploymentGroupName"])
    told = _deployment_group_info(group) | {"alarmConfiguration": group.alarm_configuration or {}}
    return {"deploymentGroupInfo": told}


def update_group(call: Call) -> dict:
    asked = call.parameters
    groups = _backend(call).deployment_groups.get(asked["applicationName"], {})
    group = groups.get(asked["currentDeploymentGroupName"])
    if group is None:
        raise Refusal("DeploymentGroupDoesNotExistException", asked["currentDeploymentGroupName"], 400)
    if asked.get("newDeploymentGroupName", group.deployment_group_name) != group.deployment_group_name:
        raise NotImplementedError("a new name of a deployment group")
    for name, value in asked.items():
        attribute = _snake(name)
        if name not in ("applicationName", "currentDeploymentGroupName", "newDeploymentGroupName"):
            if not hasattr(group, attribute):
                raise NotImplementedError(f"{name} of a deployment group")
            setattr(group, attribute, value)
    return {"hooksNotCleanedUp": []}


def delete_group(call: Call) -> dict:
    asked = call.parameters
    _backend(call).deployment_groups.get(asked["applicationName"], {}).pop(asked["deploymentGroupName"], None)
    return {"hooksNotCleanedUp": []}


def stop_deployment(call: Call) -> dict:
    deployment = _backend(call).deployments.get(call.parameters["deploymentId"])
    if deployment is None:
        raise Refusal("DeploymentDoesNotExistException", call.parameters["deploymentId"], 400)
    deployment.status = "Stopped"
    return {"status": "Succeeded", "statusMessage": "Deployment stopped"}


def end_deployments(region: str) -> None:
    """moto leaves them at their beginning; they are over when the stack stands whose alias they move."""
    for each in codedeploy_backends[ACCOUNT][region].deployments.values():
        if each.status == "Created":
            each.status = "Succeeded"


def _backend(call: Call):
    return codedeploy_backends[ACCOUNT][call.region]


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
