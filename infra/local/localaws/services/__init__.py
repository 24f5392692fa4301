# SPDX-License-Identifier: Apache-2.0
"""The one address that SDKs talk to. Start with cloud.py."""

ACCOUNT = "123456789012"
