# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a template. Every message names the resource, parameter or output by its logical id."""


class TemplateError(Exception):
    """The template, or what was given with it, cannot be applied."""


class ParameterError(TemplateError):
    """A parameter without a value, or a value that the template's own rules refuse."""


class UnknownType(TemplateError):
    """No handler makes resources of this type."""


class UnknownProperty(TemplateError):
    """A property that nobody read: it would have been lost without a word."""


class UnknownIntrinsic(TemplateError):
    """A function or a dynamic reference that is not understood."""


class Unresolved(TemplateError):
    """A reference to what does not exist."""


class Cycle(TemplateError):
    """Resources that wait for each other."""


class CannotImport(TemplateError):
    """What is to be taken in is another one than the template says, or no handler knows how to find it."""


class CannotUpdate(TemplateError):
    """CloudFormation would replace the resource, or no handler knows how to change it."""
