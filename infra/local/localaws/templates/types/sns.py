# SPDX-License-Identifier: Apache-2.0
import json

from ..given import Given
from ..handler import Handler, Made, Place, Put
from ..stack import Resource


class Topic(Handler):
    def create(self, place: Place, given: Given) -> Made:
        wanted = {"TopicName": place.name(256), **given.rest()}
        arn = place.send("sns", "create_topic", wanted, names={"TopicName": "Name"})["TopicArn"]
        return Made(arn, {"TopicArn": arn, "TopicName": wanted["TopicName"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("sns").delete_topic(TopicArn=resource.ref)


class TopicPolicy(Put):
    fixed = frozenset({"Topics"})

    def create(self, place: Place, given: Given) -> Made:
        policy = json.dumps(given.take("PolicyDocument"))
        for topic in given.take("Topics"):
            place.client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
        return Made(place.name())

    def delete(self, place: Place, resource: Resource) -> None:
        """Nothing: it goes with its topics, of which our stacks never keep one."""


class Subscription(Handler):
    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("sns", "subscribe", given.rest(), ReturnSubscriptionArn=True)
        return Made(answer["SubscriptionArn"])

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("sns").unsubscribe(SubscriptionArn=resource.ref)


HANDLERS = {
    "AWS::SNS::Subscription": Subscription(),
    "AWS::SNS::Topic": Topic(),
    "AWS::SNS::TopicPolicy": TopicPolicy(),
}
