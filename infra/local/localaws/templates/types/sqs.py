# SPDX-License-Identifier: Apache-2.0
import json

from ..given import Given
from ..handler import Handler, Made, Place, Put
from ..stack import Resource


class Queue(Handler):
    fixed = frozenset({"QueueName", "Tags", "FifoQueue"})

    def create(self, place: Place, given: Given) -> Made:
        name, tags = given.take("QueueName", None) or place.name(80), given.take("Tags", [])
        wanted = {"QueueName": name, "Attributes": given.rest(), "tags": tags}
        url = place.send("sqs", "create_queue", wanted)["QueueUrl"]
        return Made(url, {"Arn": place.arn("sqs", name), "QueueName": name, "QueueUrl": url})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        for fixed in self.fixed:
            given.take(fixed, None)
        place.send("sqs", "set_queue_attributes", {"QueueUrl": before.ref, "Attributes": given.rest()})
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("sqs").delete_queue(QueueUrl=resource.ref)


class QueuePolicy(Put):
    fixed = frozenset({"Queues"})

    def create(self, place: Place, given: Given) -> Made:
        policy = json.dumps(given.take("PolicyDocument"))
        for queue in given.take("Queues"):
            place.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
        return Made(place.name())

    def delete(self, place: Place, resource: Resource) -> None:
        for queue in resource.properties["Queues"]:
            place.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": ""})


HANDLERS = {"AWS::SQS::Queue": Queue(), "AWS::SQS::QueuePolicy": QueuePolicy()}
