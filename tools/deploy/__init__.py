# SPDX-License-Identifier: Apache-2.0
"""What ./deploy asks of AWS, a file for each step. README.md says in which order."""
