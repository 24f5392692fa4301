# SPDX-License-Identifier: Apache-2.0
"""The services of which a role of ours asks a few things. What is not listed has no derivation."""

from collections.abc import Callable

from moto.codedeploy.models import codedeploy_backends
from moto.secretsmanager.models import secretsmanager_backends

from .. import ACCOUNT
from ..call import Call
from .need import Need, NoDerivation, arn


def _all(call: Call, *resources: str) -> list[Need]:
    return [Need(f"{call.service}:{call.operation}", each) for each in resources]


def _ssm(call: Call) -> list[Need]:
    names = {
        "GetParametersByPath": lambda asked: [asked["Path"]],
        "GetParameters": lambda asked: asked["Names"],
        "GetParameter": lambda asked: [asked["Name"]],
        "PutParameter": lambda asked: [asked["Name"]],
        "DeleteParameter": lambda asked: [asked["Name"]],
    }.get(call.operation)
    if names is None:
        raise NoDerivation(call)
    # Whether an existing parameter may be replaced is a condition key of its own.
    overwrite = str(call.parameters.get("Overwrite", False)).lower()
    context = {"ssm:Overwrite": overwrite} if call.operation == "PutParameter" else {}
    # A name with a path begins with "/", which is not written twice.
    return [
        Need(f"ssm:{call.operation}", arn(call, "parameter/" + each.lstrip("/")), context)
        for each in names(call.parameters)
    ]


def _sqs(call: Call) -> list[Need]:
    action = {"SendMessageBatch": "SendMessage", "DeleteMessageBatch": "DeleteMessage"}.get(
        call.operation, call.operation
    )
    known = {"SendMessage", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl"}
    if action not in known:
        raise NoDerivation(call)
    asked = call.parameters
    name = asked.get("QueueName") or asked["QueueUrl"].rstrip("/").split("/")[-1]
    return [Need(f"sqs:{action}", arn(call, name))]


def _logs(call: Call) -> list[Need]:
    if call.operation in ("FilterLogEvents", "DeleteLogGroup"):
        return _all(call, arn(call, f"log-group:{call.parameters['logGroupName']}"))
    # What refusals of AWS name for both; the stream's name is part of it.
    if call.operation not in ("CreateLogStream", "PutLogEvents"):
        raise NoDerivation(call)
    asked = call.parameters
    return _all(call, arn(call, f"log-group:{asked['logGroupName']}:log-stream:{asked['logStreamName']}"))


OF_FUNCTION = {
    "GetFunction",
    "GetFunctionConfiguration",
    "GetAlias",
    "UpdateAlias",
    "ListAliases",
    "ListVersionsByFunction",
    "PublishVersion",
    "UpdateFunctionCode",
    "UpdateFunctionConfiguration",
    "DeleteFunction",
    "AddPermission",
    "ListTags",
    "TagResource",
}


def _lambda(call: Call) -> list[Need]:
    if call.operation == "ListFunctions":
        return _all(call, "*")
    asked = call.parameters
    name, _, within = asked.get("FunctionName", asked.get("Resource", "")).split(":function:")[-1].partition(":")
    if call.operation == "Invoke":
        qualifier = asked.get("Qualifier") or within
        return [Need("lambda:InvokeFunction", arn(call, f"function:{name}" + (f":{qualifier}" if qualifier else "")))]
    if call.operation not in OF_FUNCTION:
        raise NoDerivation(call)
    return _all(call, arn(call, f"function:{name}"))


def _cloudwatch(call: Call) -> list[Need]:
    asked = call.parameters
    if call.operation == "PutMetricData":
        return [Need("cloudwatch:PutMetricData", "*", {"cloudwatch:namespace": asked["Namespace"]})]
    if call.operation != "DescribeAlarms":
        raise NoDerivation(call)
    # AWS does not say what it compares with when a prefix is asked: the widest is what surely suffices.
    return _all(call, *[arn(call, f"alarm:{name}") for name in asked.get("AlarmNames") or ["*"]])


def _cloudfront(call: Call) -> list[Need]:
    if call.operation not in ("CreateInvalidation", "GetInvalidation", "GetDistribution", "GetDistributionConfig"):
        raise NoDerivation(call)
    asked = call.parameters
    distribution = asked.get("DistributionId") or asked["Id"]
    return _all(call, f"arn:aws:cloudfront::{ACCOUNT}:distribution/{distribution}")


def _codedeploy(call: Call) -> list[Need]:
    asked = call.parameters
    if call.operation == "ListDeployments":
        application, group = asked.get("applicationName", "*"), asked.get("deploymentGroupName", "*")
    elif call.operation in ("GetDeployment", "StopDeployment"):
        deployment = codedeploy_backends[ACCOUNT][call.region].deployments.get(asked["deploymentId"])
        application = deployment.application_name if deployment else "*"
        group = deployment.deployment_group_name if deployment else "*"
    else:
        raise NoDerivation(call)
    return _all(call, arn(call, f"deploymentgroup:{application}/{group}"))


def _apigateway(call: Call) -> list[Need]:
    """ "Actions, resources, and condition keys for API Gateway Management": the method, and the path."""
    return [Need(f"apigateway:{call.request.method}", f"arn:aws:apigateway:{call.region}::{call.request.path}")]


def _secretsmanager(call: Call) -> list[Need]:
    if call.operation not in ("GetSecretValue", "DescribeSecret", "PutSecretValue", "DeleteSecret"):
        raise NoDerivation(call)
    asked = call.parameters["SecretId"]
    secret = secretsmanager_backends[ACCOUNT][call.region].secrets.get(asked)
    return _all(call, secret.arn if secret else asked if asked.startswith("arn:") else arn(call, f"secret:{asked}"))


def _cloudformation(call: Call) -> list[Need]:
    asked = call.parameters
    stack = asked.get("StackName")
    # A name stands for whichever stack has it; an id is its arn.
    resource = "*" if not stack else stack if stack.startswith("arn:") else arn(call, f"stack/{stack}/*")
    passed = [Need("iam:PassRole", asked["RoleARN"])] if "RoleARN" in asked else []
    return _all(call, resource) + passed


def _cognito(call: Call) -> list[Need]:
    """What an administrator of the pool does; signing in needs no right (judge.py)."""
    if "UserPoolId" not in call.parameters:
        raise NoDerivation(call)
    return _all(call, arn(call, f"userpool/{call.parameters['UserPoolId']}"))


def _iam(call: Call) -> list[Need]:
    asked = call.parameters
    if "RoleName" not in asked:
        raise NoDerivation(call)
    return _all(call, f"arn:aws:iam::{ACCOUNT}:role/{asked['RoleName']}")


def _sts(call: Call) -> list[Need]:
    # GetCallerIdentity and AssumeRole… are judged elsewhere: the one needs no right, the others a trust.
    raise NoDerivation(call)


BY_SERVICE: dict[str, Callable[[Call], list[Need]]] = {
    "ssm": _ssm,
    "sqs": _sqs,
    "logs": _logs,
    "lambda": _lambda,
    "cloudwatch": _cloudwatch,
    "cloudfront": _cloudfront,
    "codedeploy": _codedeploy,
    "apigateway": _apigateway,
    "secretsmanager": _secretsmanager,
    "cloudformation": _cloudformation,
    "cognito-idp": _cognito,
    "iam": _iam,
    "sts": _sts,
}
