# SPDX-License-Identifier: Apache-2.0
"""Every type of resource that our templates have, and who makes it."""
from __future__ import annotations

from ..handler import Handler
from . import (apigateway, apigateway_routes, apigateway_stage, budgets, certificates, cloudfront, cloudfront_policies,
               cloudwatch, codedeploy, cognito, dynamodb, iam, lambdas, logs, route53, s3, scheduler, secrets, sns, sqs,
               ssm, waf)

_SERVICES = (apigateway, apigateway_routes, apigateway_stage, budgets, certificates, cloudfront, cloudfront_policies,
             cloudwatch, codedeploy, cognito, dynamodb, iam, lambdas, logs, route53, s3, scheduler, secrets, sns, sqs,
             ssm, waf)

HANDLERS: dict[str, Handler] = {type: handler for service in _SERVICES for type, handler in service.HANDLERS.items()}
