# SPDX-License-Identifier: Apache-2.0
"""The whole architecture, deployed by ./deploy to the world of this machine, and looked at from outside."""
