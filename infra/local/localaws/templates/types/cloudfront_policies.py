# SPDX-License-Identifier: Apache-2.0
"""What the behaviours and origins of a distribution refer to: four kinds of settings with the same five operations."""
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class Settings(Handler):
    def __init__(self, noun: str, operation: str) -> None:
        self._noun, self._operation = noun, operation

    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("cloudfront", f"create_{self._operation}", given.rest())
        id = answer[self._noun]["Id"]
        return Made(id, {"Id": id})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        place.send("cloudfront", f"update_{self._operation}", given.rest(),
                   Id=before.ref, IfMatch=self._etag(place, before))
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        delete = getattr(place.client("cloudfront"), f"delete_{self._operation}")
        delete(Id=resource.ref, IfMatch=self._etag(place, resource))

    def _etag(self, place: Place, resource: Resource) -> str:
        return getattr(place.client("cloudfront"), f"get_{self._operation}")(Id=resource.ref)["ETag"]


HANDLERS = {
    "AWS::CloudFront::CachePolicy": Settings("CachePolicy", "cache_policy"),
    "AWS::CloudFront::OriginAccessControl": Settings("OriginAccessControl", "origin_access_control"),
    "AWS::CloudFront::OriginRequestPolicy": Settings("OriginRequestPolicy", "origin_request_policy"),
    "AWS::CloudFront::ResponseHeadersPolicy": Settings("ResponseHeadersPolicy", "response_headers_policy"),
}
