# SPDX-License-Identifier: Apache-2.0
"""Roles and their documents, for tests that ask as somebody else than the administrator."""

import json

LAMBDA = "lambda.amazonaws.com"


def make_role(cloud, name, statements, trusted=None, managed=()):
    """Its ARN. A function may have it, unless somebody else is `trusted`."""
    iam = cloud.client("iam")
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trusted or trust(Service=LAMBDA)))
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))
    for arn in managed:
        iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    return role["Role"]["Arn"]


def trust(**principal):
    action = "sts:AssumeRoleWithWebIdentity" if "Federated" in principal else "sts:AssumeRole"
    return {"Effect": "Allow", "Action": action, "Principal": principal}


def allow(action, resource, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource} | more


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
