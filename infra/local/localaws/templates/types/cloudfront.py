# SPDX-License-Identifier: Apache-2.0
"""A distribution, and what it is put together from; its policies are in cloudfront_policies."""
from typing import Any

from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource

_NAMES = {"IPV6Enabled": "IsIPV6Enabled", "OriginCustomHeaders": "CustomHeaders"}


class Distribution(Handler):
    fixed = frozenset({"Tags"})

    def create(self, place: Place, given: Given) -> Made:
        config = {"CallerReference": place.name(), **_config(given.part("DistributionConfig"))}
        wanted = {"DistributionConfig": config, "Tags": given.take("Tags", [])}
        answer = place.send("cloudfront", "create_distribution_with_tags",
                            {"DistributionConfigWithTags": wanted}, names=_NAMES)["Distribution"]
        return Made(answer["Id"], {"Id": answer["Id"], "DomainName": answer["DomainName"]})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        given.take("Tags", None)
        _change(place, before.ref, _config(given.part("DistributionConfig")))
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        off = {**resource.properties["DistributionConfig"], "Enabled": False}
        etag = _change(place, resource.ref, _config(Given(off)))
        place.client("cloudfront").delete_distribution(Id=resource.ref, IfMatch=etag)


def _change(place: Place, id: str, config: dict) -> str:
    now = place.client("cloudfront").get_distribution_config(Id=id)
    wanted = {"CallerReference": now["DistributionConfig"]["CallerReference"], **config}
    return place.send("cloudfront", "update_distribution", {"DistributionConfig": wanted}, names=_NAMES,
                      Id=id, IfMatch=now["ETag"])["ETag"]


def _config(given: Given) -> dict:
    made = {
        "DefaultCacheBehavior": _behavior(given.part("DefaultCacheBehavior")),
        "CacheBehaviors": [_behavior(each) for each in given.parts("CacheBehaviors")],
        "Origins": [_origin(each) for each in given.parts("Origins")],
        "Comment": given.take("Comment", ""),
    }
    return {**made, **given.rest()}


def _behavior(given: Given) -> dict:
    # CloudFormation has the two side by side; what it keeps unless told otherwise are the answers to these.
    methods = {"Items": given.take("AllowedMethods", ["GET", "HEAD"]),
               "CachedMethods": given.take("CachedMethods", ["GET", "HEAD"])}
    return {"AllowedMethods": methods, **given.rest()}


def _origin(given: Given) -> dict:
    server = given.take("CustomOriginConfig", None)
    ports: dict[str, Any] = {"HTTPPort": 80, "HTTPSPort": 443}
    return given.rest() if server is None else {"CustomOriginConfig": {**ports, **server}, **given.rest()}


class EdgeFunction(Handler):
    fixed = frozenset({"Name", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        publish, tags = given.take("AutoPublish", False), given.take("Tags", [])
        wanted = given.rest()
        answer = place.send("cloudfront", "create_function", wanted)
        arn = answer["FunctionSummary"]["FunctionMetadata"]["FunctionARN"]
        if publish:
            place.client("cloudfront").publish_function(Name=wanted["Name"], IfMatch=answer["ETag"])
        if tags:
            place.send("cloudfront", "tag_resource", {"Resource": arn, "Tags": tags})
        return Made(arn, {"FunctionARN": arn, "FunctionMetadata.FunctionARN": arn})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        publish = given.take("AutoPublish", False)
        given.take("Tags", None)
        client, name = place.client("cloudfront"), before.properties["Name"]
        etag = client.describe_function(Name=name, Stage="DEVELOPMENT")["ETag"]
        answer = place.send("cloudfront", "update_function", given.rest(), IfMatch=etag)
        if publish:
            client.publish_function(Name=name, IfMatch=answer["ETag"])
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        client, name = place.client("cloudfront"), resource.properties["Name"]
        client.delete_function(Name=name, IfMatch=client.describe_function(Name=name)["ETag"])


HANDLERS = {"AWS::CloudFront::Distribution": Distribution(), "AWS::CloudFront::Function": EdgeFunction()}
