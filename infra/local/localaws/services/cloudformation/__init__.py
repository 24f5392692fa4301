# SPDX-License-Identifier: Apache-2.0
"""CloudFormation as the CDK's CLI and boto3 know it: change sets, stacks, events. What a template makes
is not known here: that is done by the applier, an object with apply and remove (localaws.templates)."""

from .api import CloudFormation
from .records import Applier

__all__ = ["Applier", "CloudFormation"]
